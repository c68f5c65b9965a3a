// Keras's learning-rate schedules as descriptions, for `compile`. Settings may stand in the order of Keras's arguments.
import { given } from '../keras/given.ts';
import {
  SCHEDULE_NAMES,
  SCHEDULES,
  type ScheduleName,
  type ScheduleSpec,
} from '../keras/schedules.ts';
import type { Spelled } from '../keras/types.ts';
import { guarded } from './border.ts';

type Of<Name extends ScheduleName> = Extract<ScheduleSpec, { name: Name }>;
type Makers = {
  readonly [Name in ScheduleName as Uncapitalize<Name>]: {
    (settings: Spelled<Omit<Of<Name>, 'name'>>): Of<Name>;
    (...inKerasOrder: readonly unknown[]): Of<Name>;
  };
};

/** `schedules.exponentialDecay(0.1, 1000, 0.9)`. Every maker throws `invalid_config`, and `invalid_argument` for what cannot be read. */
export const schedules = Object.fromEntries(
  SCHEDULE_NAMES.map((name) => {
    const word = `${name[0]!.toLowerCase()}${name.slice(1)}`;
    const make = (...args: unknown[]) => ({
      name,
      ...given(word, SCHEDULES[name].fields, args, `schedules.${word}({ … })`),
    });
    return [word, guarded(make)];
  }),
) as unknown as Makers;
