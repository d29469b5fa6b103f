/** Selects the language of an element: that of the nearest `lang` attribute, across shadow roots. */
import { isServer, type ReactiveController, type ReactiveControllerHost } from 'lit';
import { canonicalTagOf, messageTagsOf } from '../../view/language-tags.js';
import { firstWords, type FirstLanguage, type Messages } from '../../view/messages.js';

type Loader = () => Promise<{ readonly messages: Messages }>;

/** Listed one by one, so that every bundler finds them. */
const LOADERS: Readonly<Record<string, Loader>> = {
  ar: () => import('../../view/languages/ar.js'),
  de: () => import('../../view/languages/de.js'),
  es: () => import('../../view/languages/es.js'),
  fr: () => import('../../view/languages/fr.js'),
  he: () => import('../../view/languages/he.js'),
  hi: () => import('../../view/languages/hi.js'),
  it: () => import('../../view/languages/it.js'),
  ja: () => import('../../view/languages/ja.js'),
  ko: () => import('../../view/languages/ko.js'),
  pt: () => import('../../view/languages/pt.js'),
  ru: () => import('../../view/languages/ru.js'),
  zh: () => import('../../view/languages/zh.js'),
  'zh-Hant': () => import('../../view/languages/zh-hant.js'),
};

/** English messages that are part of the first load. */
const loadedMessages = new Map<string, Partial<Messages>>([['en', {}]]);
const replacedMessages = new Map<string, Partial<Messages>>();
const requestedLanguages = new Set<string>();
const localizers = new Set<Localizer>();
let observer: MutationObserver | undefined;

/** Replaces words of one language, or adds a language: `setMessages('en', { done: 'On this device' })`. */
export function setMessages(language: string, messages: Partial<Messages>): void {
  const tag = canonicalTagOf(language) ?? language;
  replacedMessages.set(tag, { ...replacedMessages.get(tag), ...messages });
  languages.clear();
  updateAll();
}

/** Loaded languages by tag, so that the same language is the same object. */
const languages = new Map<string, FirstLanguage>();

function languageOf(tag: string): FirstLanguage {
  let language = languages.get(tag);
  if (language) return language;
  const tags = messageTagsOf(tag);
  const [base] = tags;
  load(base);
  const known = [loadedMessages.get(base), ...tags.map((each) => replacedMessages.get(each))];
  const messages = known.reduce<FirstLanguage['messages']>((all, each) => ({ ...all, ...each }), firstWords);
  // Messages and number formats always have the same language.
  language = { tag: known.some(Boolean) ? tag : 'en', messages };
  languages.set(tag, language);
  return language;
}

function load(base: string): void {
  const loader = Object.hasOwn(LOADERS, base) ? LOADERS[base] : undefined;
  if (!loader || requestedLanguages.has(base) || isServer) return;
  requestedLanguages.add(base);
  void loader().then(
    ({ messages }) => {
      loadedMessages.set(base, messages);
      languages.clear();
      updateAll();
    },
    // Without a network the messages stay English; the next element that needs them tries again.
    () => requestedLanguages.delete(base),
  );
}

function updateAll(): void {
  for (const localizer of localizers) localizer.update();
}

/** Provides the language of its host, and updates the host when it changes. */
export class Localizer implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #tag: string | undefined;
  #isHydrating: boolean;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    // The first render must match the server's markup, which was rendered without a `lang`.
    this.#isHydrating = isServer || host.shadowRoot !== null;
    host.addController(this);
  }

  get language(): FirstLanguage {
    return languageOf(this.#tag ?? 'en');
  }

  hostConnected(): void {
    if (this.#isHydrating) return;
    this.#tag = tagOf(this.#host);
    localizers.add(this);
    observer ??= observe();
  }

  hostUpdated(): void {
    if (isServer || !this.#isHydrating) return;
    this.#isHydrating = false;
    this.hostConnected();
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    localizers.delete(this);
  }

  /** Reads the language again. */
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
    if (found) return canonicalTagOf(found.lang) === undefined ? 'en' : found.lang;
    const root: Node = element.getRootNode();
    element = root instanceof ShadowRoot ? root.host : null;
  }
  return 'en';
}
