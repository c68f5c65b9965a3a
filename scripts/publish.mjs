// `node scripts/publish.mjs DIST SITE [TAG]`: lays a release into the folder of a published site, beside the earlier ones.
// A course page names v1/ and gets mended faults, or v1.2.3/ and gets the same bytes for ever.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Advice, isMain, main } from './command.mjs';
import { root } from './project.mjs';

/** The folders of a version: '' is the site's own. One that is not finished (1.2.0-rc.1) has only its own. */
export function foldersOf(version) {
  const [, major, rest] = /^(\d+)\.\d+\.\d+(-.+)?$/.exec(version) ?? [];
  if (major === undefined)
    throw new Advice(`version: expected one such as 1.2.3, got ${version}; mend package.json`);
  return rest ? [`v${version}`] : ['', `v${major}`, `v${version}`];
}

export function publish(dist, site, version) {
  const folders = foldersOf(version);
  if (existsSync(`${site}/v${version}`))
    throw new Advice(
      `v${version} is published already, and pages rely on its bytes; raise the version in package.json`,
    );
  for (const folder of folders) {
    clear(`${site}/${folder}`);
    cpSync(dist, `${site}/${folder}`, { recursive: true });
  }
  // Without it Pages would leave out what begins with an underscore.
  writeFileSync(`${site}/.nojekyll`, '');
}

/** What an earlier release left there, but for git's own and the folders of versions. */
function clear(folder) {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (!/^(\.git|v\d.*)$/.test(name)) rmSync(`${folder}/${name}`, { recursive: true });
  }
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const [dist, site, tag] = process.argv.slice(2);
    if (!dist || !site) throw new Advice('usage: node scripts/publish.mjs DIST SITE [TAG]');
    const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
    if (tag && tag !== `v${version}`)
      throw new Advice(`the tag says ${tag}, package.json ${version}; they have to agree`);
    publish(dist, site, version);
  });
}
