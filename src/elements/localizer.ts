/** Which language an element speaks: that of the nearest `lang` above it, in whatever tree that stands. */
import { isServer, type ReactiveController, type ReactiveControllerHost } from 'lit';
import { firstWords, type FirstLanguage, type Messages } from '../view/messages.js';

type Loader = () => Promise<{ readonly messages: Messages }>;

/** Written out, so that every bundler finds them. */
const LOADERS: Readonly<Record<string, Loader>> = {
  ar: () => import('../view/languages/ar.js'),
  de: () => import('../view/languages/de.js'),
  es: () => import('../view/languages/es.js'),
  fr: () => import('../view/languages/fr.js'),
  he: () => import('../view/languages/he.js'),
  hi: () => import('../view/languages/hi.js'),
  it: () => import('../view/languages/it.js'),
  ja: () => import('../view/languages/ja.js'),
  ko: () => import('../view/languages/ko.js'),
  pt: () => import('../view/languages/pt.js'),
  ru: () => import('../view/languages/ru.js'),
  zh: () => import('../view/languages/zh.js'),
};

/** English needs nothing but its first words from the start. */
const loaded = new Map<string, Partial<Messages>>([['en', {}]]);
const replaced = new Map<string, Partial<Messages>>();
const asked = new Set<string>();
const localizers = new Set<Localizer>();
let observer: MutationObserver | undefined;

/** Replaces words of one language, or adds a language: `setMessages('en', { done: 'On this device' })`. */
export function setMessages(language: string, messages: Partial<Messages>): void {
  replaced.set(language, { ...replaced.get(language), ...messages });
  spoken.clear();
  updateAll();
}

/** By tag, so that the same language is the same object. */
const spoken = new Map<string, FirstLanguage>();

function languageOf(tag: string): FirstLanguage {
  let language = spoken.get(tag);
  if (language) return language;
  const [base = 'en'] = tag.toLowerCase().split('-');
  load(base);
  const known = loaded.get(base);
  const messages = { ...firstWords, ...known, ...replaced.get(base), ...replaced.get(tag) };
  // Words and numbers are never of two languages.
  language = { tag: known || replaced.has(base) || replaced.has(tag) ? tag : 'en', messages };
  spoken.set(tag, language);
  return language;
}

function load(base: string): void {
  const loader = Object.hasOwn(LOADERS, base) ? LOADERS[base] : undefined;
  if (!loader || asked.has(base) || isServer) return;
  asked.add(base);
  void loader().then(
    ({ messages }) => {
      loaded.set(base, messages);
      spoken.clear();
      updateAll();
    },
    // Without a network the words stay English; the next element that needs them asks again.
    () => asked.delete(base),
  );
}

function updateAll(): void {
  for (const localizer of localizers) localizer.update();
}

/** Gives its host a language, and updates it when that changes. */
export class Localizer implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #tag: string | undefined;
  #isHeld: boolean;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    // The first render over a server's markup must come out as the server's, which sees no `lang`.
    this.#isHeld = isServer || host.shadowRoot !== null;
    host.addController(this);
  }

  get language(): FirstLanguage {
    return languageOf(this.#tag ?? 'en');
  }

  hostConnected(): void {
    if (this.#isHeld) return;
    this.#tag = tagOf(this.#host);
    localizers.add(this);
    observer ??= observe();
  }

  hostUpdated(): void {
    if (isServer || !this.#isHeld) return;
    this.#isHeld = false;
    this.hostConnected();
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    localizers.delete(this);
  }

  /** Looks again. */
  update(): void {
    this.#tag = tagOf(this.#host);
    this.#host.requestUpdate();
  }
}

function observe(): MutationObserver {
  const mutations = new MutationObserver(updateAll);
  mutations.observe(document.documentElement, { attributes: true, attributeFilter: ['lang'], subtree: true });
  return mutations;
}

function tagOf(host: Element): string {
  for (let element: Element | null = host; element;) {
    const found: HTMLElement | null = element.closest<HTMLElement>('[lang]');
    if (found) return isTag(found.lang) ? found.lang : 'en';
    const root: Node = element.getRootNode();
    element = root instanceof ShadowRoot ? root.host : null;
  }
  return 'en';
}

function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
