// Where the project's folders are; every script starts from here.
import { fileURLToPath } from 'node:url';

/** The project's root folder, without a trailing slash. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');

/** What set-up downloads and unpacks; ignored by git. */
export const tools = `${root}/.tools`;
