/** Language tags (BCP 47) of an element's messages. */

/**
 * Returns the tags whose messages an element of this language uses, the more specific ones last: `zh-Hant`, `zh-TW` for `zh-TW`. The first is
 * that of the included messages.
 */
export function messageTagsOf(tag: string): readonly [string, ...string[]] {
  const locale = new Intl.Locale(tag);
  const { language, script } = locale.maximize();
  const parts = locale.toString().split('-');
  const specific = parts.slice(1).map((_part, index) => parts.slice(0, index + 2).join('-'));
  return [language === 'zh' && script === 'Hant' ? 'zh-Hant' : language, ...specific];
}

/** Returns the canonical form of a tag (`he` for `iw`), or undefined for an invalid one. */
export function canonicalTagOf(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
