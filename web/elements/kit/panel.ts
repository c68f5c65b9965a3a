// What every panel is: an element that renders from the experiment, in a language, with the theme's colours.
import { nothing, render } from 'lit';
import { property } from 'lit/decorators.js';
import { type Locale, localeFor } from '../../locales/index.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Observable } from '../observable/observable.ts';
import { Observe } from '../observable/observe.ts';
import { MovableElement } from './movable_element.ts';
import type { Palette } from './palette.ts';

/** `Seen`: what of the experiment it reads and calls, and nothing else. */
export class Panel<Seen extends keyof Experiment = never> extends MovableElement {
  @property({ attribute: false }) experiment!: Pick<Experiment, Seen> & Observable;
  @property({ attribute: false }) locale: Locale = localeFor('en');
  @property({ attribute: false }) palette!: Palette;

  #shown: Locale | null = null;

  constructor() {
    super();
    new Observe(this, () => this.subject);
  }

  /** Whoever works with the keyboard is not sent back to the top of the page when what they have pressed goes away. */
  protected override performUpdate(): void {
    const had = this.shadowRoot?.activeElement;
    this.#forgetTranslation();
    super.performUpdate();
    if (!this.prose) this.#keepWords();
    if (!had || (had.isConnected && !had.matches(':disabled'))) return;
    this.renderRoot
      .querySelector<HTMLElement>(':is(button, input, select):not(:disabled), [tabindex="0"]')
      ?.focus({ preventScroll: true });
  }

  /**
   * Whether a browser may translate this panel: its words change with the language alone. A translator takes text nodes away, and
   * what is written into them afterwards is seen by nobody; figures and Keras's names it had better leave anyway.
   */
  protected get prose(): boolean {
    return false;
  }

  #keepWords(): void {
    for (const element of [this, ...this.renderRoot.children]) {
      if (element.classList.contains('notranslate')) continue;
      element.classList.add('notranslate');
      element.setAttribute('translate', 'no');
    }
  }

  /** Another language of our own comes into new text nodes, where a translator has taken the old ones. */
  #forgetTranslation(): void {
    const { locale } = this;
    if (locale !== this.#shown && this.prose && this.renderRoot?.querySelector('font')) {
      render(nothing, this.renderRoot, this.renderOptions);
    }
    this.#shown = locale;
  }

  /** What this panel renders anew with. */
  protected get subject(): Observable | undefined {
    return this.experiment;
  }

  protected get t() {
    return this.locale.t;
  }

  protected get f() {
    return this.locale.f;
  }
}
