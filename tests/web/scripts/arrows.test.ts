// The check of who may know whom, which `npm run lint` holds the house to, fails where it should.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { checkArrows } from '../../../scripts/arrows.mjs';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

function house(files: Record<string, string>): string {
  const folder = mkdtempSync(`${tmpdir()}/ziffer-arrows-`);
  made.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(`${folder}/${path}`), { recursive: true });
    writeFileSync(`${folder}/${path}`, text);
  }
  return folder;
}

it.each([
  ['src/core/a.hpp', '#include "nn/layers.hpp"', 'core may not know nn'],
  ['src/kernels/a.cpp', '  #  include "engine/program.hpp"', 'kernels may not know engine'],
  ['src/nn/a.cpp', '#include "kernels/gemm.hpp"', 'nn may not know kernels'],
  ['src/data/a.cpp', '#include "training/dataset.hpp"', 'data may not know training'],
  ['src/training/a.cpp', '#include "data/idx.hpp"', 'training may not know data'],
  ['src/cli/main.cpp', '#include "bindings/handles.hpp"', 'cli may not know bindings'],
  ['src/kernels/a.cpp', '#include <Eigen/Core>', 'may include <Eigen/Core>'],
  ['src/training/a.cpp', '#include <emscripten/bind.h>', 'only bindings may include'],
  ['src/nn/a.cpp', '#include <stb/stb_image.h>', 'only data may include'],
  ['src/nn/a.cpp', '#include "layers.hpp"', 'include "layers.hpp" from src/'],
  ['src/misc/a.cpp', '', 'not a room of the design'],
  ['web/protocol/a.ts', "import { html } from 'lit';", 'protocol imports nothing'],
  ['web/protocol/a.ts', "import type { A } from '../api/a.ts';", 'protocol may not know api'],
  ['web/worker/a.ts', "export * from '../api/a.ts';", 'worker may not know api'],
  ['web/api/a.ts', "await import('../worker/a.ts');", 'api may not know worker'],
  ['web/api/a.ts', "import core from 'ziffer-core';", 'only worker may import the wasm modules'],
  ['web/formats/a.ts', "import '../elements/a.ts';", 'formats may not know elements'],
  ['web/elements/lab/a.ts', "import '../../protocol/a.ts';", 'elements may not know protocol'],
  [
    'web/elements/draw/a.ts',
    "import '../train/a.ts';",
    'elements/draw may not know elements/train',
  ],
  [
    'web/elements/plan/a.ts',
    "import type { A } from '../runs/a.ts';",
    'elements/plan may not know elements/runs',
  ],
  ['web/elements/misc/a.ts', '', 'web/elements/misc is not a room of the design'],
  ['web/app/a.ts', "import '../api/a.ts';", 'app may not know api'],
  ['tests/web/a.ts', "import '../keras/a.ts';", 'tests/web may not know tests/keras'],
  ['tests/support/a.ts', "import '../web/a.ts';", 'tests/support may not know tests/web'],
  ['src/core/a.hpp', '#include "core/a.hpp"', 'a circle of imports'],
  ['scripts/a.mjs', "import './a.mjs';", 'a circle of imports'],
  ['scripts/a.mjs', "import '../bench/a.mjs';", 'scripts may not know bench/a.mjs'],
])('%s with %s is a violation', async (path, text, message) => {
  const found = await checkArrows(house({ [path]: `// first line\n${text}\n` }));
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(path);
  expect(found[0]).toContain(message);
});

it('what the design allows passes', async () => {
  const folder = house({
    'src/engine/a.cpp':
      '#include "core/a.hpp"\n#include "kernels/a.hpp"\n#include "nn/a.hpp"\n#include <vector>\n',
    'src/bindings/a.cpp':
      '#include <emscripten/bind.h>\n#include "core/a.hpp"\n#include "data/a.hpp"\n',
    'src/data/a.cpp': '#include <stb/stb_image.h>\n#include "data/stb_image.hpp"\n',
    'web/worker/a.ts': "import core from 'ziffer-core';\nimport '../protocol/a.ts';\n",
    'web/elements/train/a.ts':
      "import 'lit';\nimport '../../api/a.ts';\nimport '../../locales/a.ts';\nimport './b.ts';\nimport '../charts/b.ts';\n",
    'web/protocol/a.ts':
      "// import { x } from '../api/a.ts'\nexport const words = \"from '../api/a.ts'\";\n",
  });
  expect(await checkArrows(folder)).toEqual([]);
});

it('files that import each other in a circle are named, also by way of types; what is imported later is no circle', async () => {
  const folder = house({
    'web/api/a.ts': "// a\nimport type { B } from './b.ts';\n",
    'web/api/b.ts': "// b\nexport * from './c.ts';\n",
    'web/api/c.ts': "// c\nimport { a } from './a.ts';\n",
    'web/api/d.ts': "// d\nimport './e.ts';\n",
    'web/api/e.ts': "// e\nawait import('./d.ts');\n",
  });
  expect(await checkArrows(folder)).toEqual([
    'web/api/a.ts → web/api/b.ts → web/api/c.ts → web/api/a.ts: a circle of imports',
  ]);
});
