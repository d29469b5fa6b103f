/** How what is loaded later looks. */
import { adoptStyles, type CSSResult, type LitElement } from 'lit';

/** Gives styles that came later to an element that is there, and to all of its class to come. */
export function dress({ constructor, renderRoot }: LitElement, styles: readonly CSSResult[] = []): void {
  const all = (constructor as typeof LitElement).elementStyles;
  all.push(...styles.filter((style) => !all.includes(style)));
  const root = renderRoot as ShadowRoot | undefined;
  if (root && (root.adoptedStyleSheets as readonly unknown[] | undefined)?.length !== all.length) adoptStyles(root, all);
}
