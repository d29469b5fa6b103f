/** Styles of modules that are loaded later. */
import { adoptStyles, type CSSResult, type LitElement } from 'lit';

/** Adds styles to an existing element and to all future elements of its class. */
export function addStyles({ constructor, renderRoot }: LitElement, styles: readonly CSSResult[] = []): void {
  const all = (constructor as typeof LitElement).elementStyles;
  all.push(...styles.filter((style) => !all.includes(style)));
  const root = renderRoot as ShadowRoot | undefined;
  if (root && (root.adoptedStyleSheets as readonly unknown[] | undefined)?.length !== all.length) adoptStyles(root, all);
}
