import { expect, it } from 'vitest';
import { FitControl } from '../../../web/api/fit_control.ts';

it('what it is told before the fit begins is what the fit begins with', () => {
  const control = new FitControl();
  control.pause();
  control.step();
  expect(control.state).toBe('paused');
  expect(control.take()).toEqual(['pause', 'step']);
  const sent: string[] = [];
  control.attach({ send: (action) => sent.push(action) });
  expect(control.state).toBe('paused');
  control.resume();
  control.stop();
  expect(sent).toEqual(['resume', 'stop']);
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
  control.take();
  const used = expect.objectContaining({ code: 'invalid_state' });
  expect(() => control.take()).toThrow(used);
  control.attach({ send: () => {} });
  control.detach();
  expect(() => control.take()).toThrow(used);
});
