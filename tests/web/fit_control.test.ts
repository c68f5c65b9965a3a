import { expect, it } from 'vitest';
import { FitControl } from '../../web/api/fit_control.ts';

it('commands before the fit begins reach it in order', () => {
  const control = new FitControl();
  control.pause();
  control.step();
  expect(control.state).toBe('paused');
  const sent: string[] = [];
  control.attach({ send: (command) => sent.push(command) });
  expect(sent).toEqual(['pause', 'step']);
  expect(control.state).toBe('paused');
  control.resume();
  control.stop();
  expect(sent).toEqual(['pause', 'step', 'resume', 'stop']);
});

it('tells of every change of its state, once', () => {
  const control = new FitControl();
  const states: string[] = [];
  control.addEventListener('change', () => states.push(control.state));
  control.attach({ send: () => {} });
  control.pause();
  control.pause();
  control.resume();
  control.detach();
  control.pause();
  expect(states).toEqual(['running', 'paused', 'running', 'finished']);
});

it('serves one fit only', () => {
  const control = new FitControl();
  control.attach({ send: () => {} });
  expect(() => control.attach({ send: () => {} })).toThrow(
    expect.objectContaining({ code: 'invalid_state' }),
  );
  control.detach();
  expect(() => control.attach({ send: () => {} })).toThrow(
    expect.objectContaining({ code: 'invalid_state' }),
  );
});
