// The pages that check and collect result passports, in the visitor's language.
import { localeFor } from '../elements/lab/index.ts';
import '../elements/passport/passport_desk.ts';
import { remembered } from './memory.ts';

const desk = document.querySelector('ziffer-passports') as
  | (HTMLElement & { mode: 'check' | 'collect'; locale: ReturnType<typeof localeFor> })
  | null;
if (desk) {
  desk.locale = localeFor(remembered('locale') ?? navigator.language);
  const { t } = desk.locale;
  document.documentElement.lang = t.code;
  document.title = t.passport.desk[desk.mode];
}
