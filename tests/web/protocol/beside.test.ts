// What a file of somebody else's names.
import { expect, it } from 'vitest';
import { besideUrl } from '../../../web/protocol/beside.ts';

const base = 'https://course.example/models/a/model.json?token=1';

it('what lies beside a file or below is taken', () => {
  expect(besideUrl('group1-shard1of1.bin', base)).toBe(
    'https://course.example/models/a/group1-shard1of1.bin',
  );
  expect(besideUrl('./weights/a b.bin', base)).toBe(
    'https://course.example/models/a/weights/a%20b.bin',
  );
  expect(besideUrl('w.bin', 'file:///tmp/m/model.json')).toBe('file:///tmp/m/w.bin');
});

it.each([
  '/private/grades.txt',
  '../grades.txt',
  'x/../../grades.txt',
  './../grades.txt',
  'https://course.example/private/grades.txt',
  '//course.example/private/grades.txt',
  'data:,x',
  'blob:x',
  'javascript:1',
  '\\private\\grades.txt',
  '..\\grades.txt',
  '%2e%2e/grades.txt',
  '..%2fgrades.txt',
  '.\t./grades.txt',
  '\n/private',
  ' ../x',
  'w.bin?admin=1',
  'w.bin#x',
  '',
  '.',
  'a//b',
  'a/',
  'x'.repeat(2000),
])('%j leads elsewhere, or nobody can tell', (path) => {
  const url = besideUrl(path, base);
  // A blank before the dots makes them a name like others.
  if (path === ' ../x') expect(url).toBe('https://course.example/models/a/%20../x');
  else expect(url).toBeNull();
});
