// Every code that an error can carry. Codes are stable: pages may switch on them, texts may change.

/** Every code, with what it means. The first part also comes from the C++ core. */
export const ERROR_CODES = {
  // What the C++ core says.
  invalid_config: 'A model, layer, optimizer or option has a value that is not allowed.',
  invalid_json: 'A configuration is not JSON, too long, or nested too deeply.',
  shape_mismatch: 'Layers do not fit each other, or data does not fit the model.',
  model_too_large: 'More parameters, activations or layers than a browser tab should hold.',
  unsupported_layer: 'A model file has a layer or setting that Ziffer does not have.',
  unsupported_model: 'A model file is no Sequential model.',
  invalid_dataset: 'A data set is too large, has a label that is none, or was filled wrongly.',
  idx_invalid:
    'Bytes that should be an IDX file are none, are cut off, or contradict their header.',
  ink_invalid:
    'Strokes have a point that is not finite or are too many, or an ink option is out of range.',
  picture_invalid: 'A picture is damaged or cut off.',
  picture_too_large: 'A picture has more pixels than are taken.',
  picture_unsupported: 'A picture is neither PNG, JPEG nor BMP.',
  not_finite: 'The loss became NaN or infinite; the training stopped.',
  out_of_memory: 'The browser gave no more memory.',
  invalid_task: 'A message between workers was damaged.',
  invalid_run:
    'A saved run is damaged, or was begun with another model, other settings or other data.',
  incomplete: 'A phase of a training was finished too early; a defect of Ziffer.',
  // What the web side says.
  invalid_argument: 'A function was called with something it cannot work with.',
  invalid_state:
    'The call is not possible now, such as a second fit of a model that is being trained.',
  data_missing: 'The server answered that a file does not exist (404 or 410).',
  data_forbidden: 'The server refused a file (401 or 403).',
  data_unreachable:
    'A file could not be fetched: offline, a network error, or another HTTP status.',
  data_corrupt:
    'A file arrived but is not what it should be: cut off, wrong size, not gzip, not JSON.',
  invalid_model: 'A model file cannot be understood, or its weights do not fit its layers.',
  unsupported_format: 'A model format that this version does not read or write.',
  worker_failed:
    'The trainer worker could not be started: blocked by a policy, missing, or a script error.',
  worker_lost:
    'The trainer worker ended unexpectedly: a running training is lost, the next call starts a new worker.',
  compute_lost:
    'A compute worker could not be started or ended; the training goes on with fewer threads.',
  wasm_failed: 'The WebAssembly module could not be loaded, or its self-test failed.',
  unsupported_browser:
    'The browser lacks what Ziffer cannot do without: WebAssembly, workers or DecompressionStream.',
  disposed: 'The handle was disposed.',
  aborted: 'The AbortSignal fired.',
  internal: 'A defect of Ziffer.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;
