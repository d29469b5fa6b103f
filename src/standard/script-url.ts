/** Script URLs under Trusted Types: a named policy, created only if it is needed. */

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown };
}

/** The only script that markup may register under Trusted Types: a site's own worker at its usual URL. */
const DEFAULT_PATH = '/service-worker.js';

/** Script URL from markup, which an untrusted author may have written. */
export class MarkupUrl extends URL {}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/**
 * Returns the script argument of `register()`. A site with `trusted-types` in its policy lists `bg-fetch-elements` there. A URL from markup
 * other than `/service-worker.js` stays a string: if Trusted Types are required, the page's `default` policy decides.
 */
export function toScriptUrl(script: string | URL): string | URL {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes || (script instanceof MarkupUrl && !isDefault(script))) return script;
  policy ??= trustedTypes.createPolicy('bg-fetch-elements', { createScriptURL: (url) => url });
  return policy.createScriptURL(String(script)) as string;
}

function isDefault({ origin, pathname, search }: URL): boolean {
  return origin === location.origin && pathname === DEFAULT_PATH && search === '';
}

/** Returns the error of a failed registration, with the remedy if Trusted Types may be the cause. */
export function toScriptError(error: unknown, script: string | URL): unknown {
  const mayBeUntrusted = script instanceof MarkupUrl && 'trustedTypes' in globalThis && error instanceof TypeError;
  if (!mayBeUntrusted) return error;
  const reason = `Failed to register "${script.href}", an address from markup: ${error.message}`;
  const remedy =
    'Where the page requires Trusted Types, set the property serviceWorker in a script, or accept the address in a policy named "default".';
  return new TypeError(`${reason} ${remedy}`, { cause: error });
}
