/** What the setup adds to vitest, as types. */
import 'vitest';

interface DomAssertion {
  equal(expected: string, options?: { ignoreTags?: string[]; ignoreAttributes?: (string | object)[] }): void;
  readonly to: DomAssertion;
  readonly not: DomAssertion;
}

declare module 'vitest' {
  interface Assertion {
    readonly dom: DomAssertion;
    readonly lightDom: DomAssertion;
    readonly shadowDom: DomAssertion;
    accessible(options?: { ignoredRules?: string[]; ignoredTags?: string[] }): Promise<void>;
  }
}

declare module 'vitest/internal/browser' {
  interface BrowserCommands {
    trustedClick: (x: number, y: number) => Promise<void>;
    trustedEscape: () => Promise<void>;
  }
}
