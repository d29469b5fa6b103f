/** Script addresses under Trusted Types: a named policy, made only where the page asks for one. */

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** What `register()` takes as its script. A site with `trusted-types` in its policy lists `bg-fetch-elements` there. */
export function toScriptUrl(script: string | URL): string | URL {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return script;
  policy ??= trustedTypes.createPolicy('bg-fetch-elements', { createScriptURL: (url) => url });
  return policy.createScriptURL(String(script)) as string;
}
