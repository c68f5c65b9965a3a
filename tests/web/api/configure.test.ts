// Where the files are: whatever has a place, `configure` can put elsewhere, and takes back.
import { afterEach, expect, it } from 'vitest';
import { configure } from '../../../web/api/configure.ts';
import { PLACE_NAMES, place } from '../../../web/api/places.ts';

const everywhere = (where: string | undefined) =>
  Object.fromEntries(PLACE_NAMES.map((name) => [name, where && `${where}${name}/`]));

afterEach(() => configure(everywhere(undefined)));

it('every place can be named, and undefined goes back to beside ziffer.js', () => {
  const before = PLACE_NAMES.map(place);
  configure(everywhere('https://elsewhere.example/'));
  const named = PLACE_NAMES.map((name) => `https://elsewhere.example/${name}/`);
  expect(PLACE_NAMES.map(place)).toEqual(named);
  configure(everywhere(undefined));
  expect(PLACE_NAMES.map(place)).toEqual(before);
});

it('what reads files is beside the worker that a page names', () => {
  configure({ workerUrl: 'https://elsewhere.example/lab/worker.js' });
  expect(place('readerUrl')).toBe('https://elsewhere.example/lab/reader.js');
  expect(place('hdf5Url')).toBe('https://elsewhere.example/lab/hdf5.js');
});
