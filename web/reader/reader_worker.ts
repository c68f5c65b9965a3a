// dist/reader.js: the worker that reads what others wrote. Whatever a file does to it, the page and the trainer worker go on:
// the page ends it when it is late or broken.
import { withOwnChannel } from '../platform/channel.ts';
import { FileServer } from './file_server.ts';
import { loadPictureCore } from './pictures.ts';

withOwnChannel((channel) => {
  new FileServer(channel, loadPictureCore);
});
