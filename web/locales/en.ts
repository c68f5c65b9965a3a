// English. The type of this object is what every other language must fill; see index.ts.
import type { Format } from './format.ts';

export const en = {
  code: 'en',
  name: 'English',
  dir: 'ltr' as 'ltr' | 'rtl',

  app: {
    tagline: 'a neural network learns to read, in this tab',
    title: 'Ziffer: train a neural network on handwritten digits',
    language: 'Language',
    theme: 'Theme',
    themes: { auto: 'as the system', light: 'light', dark: 'dark' },
    lab: 'Ziffer lab',
  },

  frame: {
    copyByHand:
      'The page around does not let this frame copy. The text is selected: press Ctrl+C, or ⌘C on a Mac.',
    notSaved:
      'If your browser has not saved the file, the page around this frame forbids downloads. Press this link long or with the right button, and choose to save it:',
    alone: 'Or work with the lab in a tab of its own; what was trained here stays here:',
  },
  /** Under the lab's own page: whether it opens without a connection. */
  kept: {
    all: 'This page is kept on this device: it opens without a connection.',
    without: (files: string) =>
      `This page opens without a connection, but for what needs these files, which could not be kept: ${files}. The next visit tries again.`,
    not: (files: string) =>
      `This page does not open without a connection: these files could not be kept: ${files}. The next visit tries again.`,
    some: (files: string, more: string) => `${files} and ${more} more`,
  },

  complaint: {
    title: 'Not understood, and so not used',
    line: (name: string, text: string, meant: string | null, expected: string | null) =>
      [
        expected === null ? `there is no “${name}”` : `${name}: “${text}”`,
        meant ? `did you mean ${meant}?` : null,
        expected === null ? null : `possible: ${expected}`,
      ]
        .filter(Boolean)
        .join(' · '),
  },

  lacking: {
    wasm: 'This browser has no WebAssembly, or it is switched off, so nothing can be computed here. Lockdown Mode (Apple) and Edge’s enhanced security switch it off: make an exception for this page there, or open it in a current Chrome, Edge, Firefox or Safari.',
    workers:
      'This browser starts no workers, so nothing can be trained beside the page. Allow them, or open this page in a current Chrome, Edge, Firefox or Safari.',
    gzip: 'This browser cannot unpack the digits (no DecompressionStream). Update it: Chrome and Edge from 111, Firefox from 121, Safari from 16.4.',
  },

  presets: {
    label: 'Model',
    'softmax-regression': 'Softmax regression',
    'simple-cnn': 'Simple CNN',
    'two-conv-cnn': 'Two-conv CNN',
    custom: 'Custom',
  } as Record<string, string>,

  draw: {
    title: 'Draw a digit',
    pad: 'Drawing pad',
    hint: 'Draw a digit from 0 to 9',
    hintSub: 'with mouse, finger or pen',
    keys: 'Arrow keys move on a grid of 28 × 28. Space lowers and lifts the pen. Backspace undoes, Delete clears.',
    cursor: (f: Format, row: number, column: number, down: boolean) =>
      `row ${f.int(row)}, column ${f.int(column)}, pen ${down ? 'down' : 'up'}`,
    undo: 'Undo',
    clear: 'Clear',
    pen: (pen: string) => `Line: ${pen}`,
    pens: { thin: 'thin', medium: 'medium', thick: 'thick' },
    penHint:
      'How thick the lines are in the network’s picture, however large you draw. Medium is MNIST’s own.',
    picture: 'Picture …',
    pictureHint: 'PNG, JPEG or BMP; paste and drop work too',
    blank: 'There is no digit on this picture.',
    others: {
      left: 'There is more than one digit on this picture. The left one was read.',
      right: 'There is more than one digit on this picture. The right one was read.',
      top: 'There is more than one digit on this picture. The upper one was read.',
      bottom: 'There is more than one digit on this picture. The lower one was read.',
      many: 'There are several digits on this picture. The one with the most ink was read.',
    },
    next: 'Next test digit',
    fromTest: (f: Format, index: number) => `Test digit no. ${f.int(index + 1)}`,
    label: 'Label',
    right: 'read correctly',
    wrong: 'misread',
    steps: {
      ink: ['ink', 'What was drawn, as it was drawn.'],
      box: [
        'box',
        'The smallest box around the ink. Where and how large you draw no longer matters.',
      ],
      fit: [
        '20×20',
        'The box, scaled to fit 20 × 20 pixels. Its proportions stay, the edges become grey.',
      ],
      centre: ['centre', 'The centre of mass of the ink moves to the middle.'],
      image: ['28×28', 'What the network gets: 784 numbers, made as the digits of MNIST were.'],
    } as Record<string, [string, string]>,
    stripLabel: 'From your ink to the network’s input',
    verdict: {
      sure: 'This is a',
      likely: 'Probably a',
      perhaps: 'Perhaps a',
      or: 'or a',
      none: 'Nothing drawn yet',
      unreadable: 'No answer: the network’s outputs are not numbers (NaN).',
      loading: 'The network is loading …',
      untrained: 'Not trained yet: it can only guess.',
      unseen: 'Train it first: this network has never seen these pictures.',
      pretrained:
        'Read by a network that was trained beforehand with MNIST alone. Train begins with one that knows nothing.',
      pens: 'Read by a network that was trained beforehand with MNIST and other people’s pens. Train begins with one that knows nothing, and learns from MNIST alone.',
    },
    bars: {
      probabilities: 'Probability of each digit',
      separate: 'Each digit’s own probability (sigmoid)',
      logits: 'Softmax of the logits of each digit',
    },
    outputs: {
      separate:
        'The last layer is a sigmoid: each class has its own probability, and they need not add up to 100 %.',
      logits: 'The last layer gives logits, not probabilities. Shown is the softmax of the logits.',
    },
    bar: (f: Format, name: string, p: number) => `${name}: ${f.percent(p, 1)}`,
  },

  train: {
    title: 'Train',
    train: 'Train',
    pause: 'Pause',
    resume: 'Continue',
    again: 'Train again',
    anew: 'Train anew',
    anewHint: 'From the random weights of the seed; what the file has learned goes',
    on: 'Train on',
    onHint: (f: Format, epochs: number) =>
      epochs === 1
        ? 'One more epoch from the present weights, as a second fit in Keras'
        : `${f.int(epochs)} more epochs from the present weights, as a second fit in Keras`,
    loadingButton: 'Loading …',
    step: 'Step',
    stepHint: 'One batch, then pause',
    stop: 'Stop',
    reset: 'Reset',
    resetHint: 'Back to the untrained network with the same seed',
    idle: (f: Format, train: number, val: number) =>
      `Learns from ${f.int(train)} digits and checks itself on ${f.int(val)} others.`,
    loadingData: (f: Format, share: number, own: string | null) =>
      `Loading ${own ?? 'MNIST'}: ${f.percent(share, 0)}`,
    /** How many pictures there are is not known yet. */
    idleAtMost: (f: Format, train: number, val: number) =>
      `Learns from at most ${f.int(train)} digits and checks itself on at most ${f.int(val)} others.`,
    loadingMb: (f: Format, loaded: number, total: number) =>
      `${f.fixed(loaded / 1e6, 1)} of ${f.fixed(total / 1e6, 1)} MB`,
    training: (f: Format, epoch: number, epochs: number) =>
      `Epoch ${f.int(epoch)} of ${f.int(epochs)}`,
    left: (time: string) => `about ${time} left`,
    atMost: (time: string) => `at most ${time} left`,
    pausedAt: (f: Format, epoch: number, step: number) =>
      `Paused in epoch ${f.int(epoch)}, step ${f.int(step)}.`,
    evaluating: (f: Format, total: number | null) =>
      total === null ? 'Reading the test digits …' : `Reading the ${f.int(total)} test digits …`,
    stoppedByUser: (f: Format, epoch: number) => `Stopped by you in epoch ${f.int(epoch)}.`,
    early: (f: Format, patience: number) =>
      patience === 1
        ? 'Stopped early: validation loss has not improved for 1 epoch.'
        : `Stopped early: validation loss has not improved for ${f.int(patience)} epochs.`,
    complete: (f: Format, epochs: number) =>
      epochs === 1 ? 'The one epoch is done.' : `All ${f.int(epochs)} epochs are done.`,
    bestKept: (f: Format, epoch: number) => `Best weights kept (epoch ${f.int(epoch)}).`,
    announce: (f: Format, epoch: number, accuracy: string, valAccuracy: string | null) =>
      valAccuracy
        ? `Epoch ${f.int(epoch)}: accuracy ${accuracy}, validation ${valAccuracy}.`
        : `Epoch ${f.int(epoch)}: accuracy ${accuracy}.`,
    announceTest: (accuracy: string, margin: string) =>
      `Test accuracy ${accuracy}, plus or minus ${margin}.`,
    progress: 'Training progress',
    dataProgress: 'Loading of the data',
    figures: {
      test: 'Test accuracy',
      testHint: (f: Format, low: number, high: number) =>
        `95 % interval (Wilson) from ${f.fixed(low, 4)} to ${f.fixed(high, 4)}`,
      testPending: 'after training',
      epochs: 'Epochs',
      of: (f: Format, n: number) => `of ${f.int(n)}`,
      speed: 'Speed',
      imagesPerSecond: 'images/s',
      time: 'Time',
    },
  },

  offer: {
    title: 'A training was interrupted',
    run: (f: Format, model: string, epoch: number, epochs: number) =>
      `${model}, after epoch ${f.int(epoch)} of ${f.int(epochs)}. It can go on as if nothing had happened.`,
    best: (f: Format, accuracy: number, epoch: number) =>
      `Best validation accuracy so far: ${f.fixed(accuracy, 4)} (epoch ${f.int(epoch)}).`,
    resume: 'Continue training',
    discard: 'Discard',
    lastTitle: 'Your last model',
    open: 'Open',
    forget: 'Forget',
    runNotKept: 'This browser’s storage is full: this training cannot be continued after a reload.',
    keptUntil: (f: Format, epoch: number) =>
      `This browser’s storage is full: after a reload this training can be continued from epoch ${f.int(epoch)} only.`,
    modelNotKept:
      'This browser’s storage is full: this model will be gone after a reload. Save it as a file to keep it.',
  },

  charts: {
    loss: 'Loss',
    accuracy: 'Accuracy',
    training: 'training',
    validation: 'validation',
    epoch: 'epoch',
    step: 'step',
    trainedOn: 'trained on from here',
    byEpoch: 'by epoch',
    byStep: 'by step',
    view: 'View of the curves',
    table: 'table',
    csv: 'CSV',
    csvHint: 'Download the numbers as CSV',
    png: 'PNG',
    pngHint: 'Download the charts as a picture',
    log: 'log',
    logHint: 'Logarithmic axis for the loss',
    best: (f: Format, epoch: number) => `best, epoch ${f.int(epoch)}`,
    empty: 'The curves appear here while it learns.',
    summary: (what: string, points: number, last: string) =>
      `${what}: ${points} points, last value ${last}. The numbers are in the table.`,
    tableCaption: 'Loss and accuracy by epoch',
    tableCaptionStep: 'Loss and accuracy by step',
  },

  sees: {
    title: 'What it sees',
    titleIn: (name: string) => `What it sees in your ${name}`,
    sub: (f: Format, n: number) =>
      `${f.int(n)} filters, what each responds to, and what the pooling keeps`,
    subNoPool: (f: Format, n: number) => `${f.int(n)} filters and what each responds to`,
    softmax: 'For each digit the weight of every pixel: blue speaks for it, orange against it',
    filter: 'filter',
    noDigit: 'Draw a digit to see what the filters find in it.',
    cell: (row: string, n: number) => `${row}, filter ${n}`,
    weightsOf: (name: string) => `Weights of ${name}`,
  },

  model: {
    title: 'Model',
    input: 'Input',
    params: (f: Format, n: number) => (n === 1 ? '1 param' : `${f.int(n)} params`),
    parameters: 'parameters',
    filters: (f: Format, n: number) => `${f.int(n)} filters`,
    units: (f: Format, n: number) => (n === 1 ? '1 unit' : `${f.int(n)} units`),
    frozen: 'not trained',
    code: {
      page: 'the page’s code',
      read: (name: string) => `Read from ${name}. Nothing of it was run.`,
      models: (f: Format, n: number) => `${f.int(n)} models; taken:`,
      cell: (f: Format, n: number) => `cell ${f.int(n)}`,
      show: 'Edit as code',
      label: 'The model as Keras code',
      leave: 'Cards and code are two views of one model. Escape, then Tab leaves the code.',
      lastGood: 'Until it is right the last good model stays.',
      line: (f: Format, n: number) => `line ${f.int(n)}`,
      skipped: (f: Format, n: number) =>
        n === 1 ? '1 line on which nothing depends' : `${f.int(n)} lines on which nothing depends`,
    },
    notKept: {
      title: 'Not kept of the file:',
      initializer: (layer: string | null, name: string) =>
        `the initializer ${name} of ${layer}; resetting uses Keras’s usual one`,
      optimizer: (_: string | null, name: string) =>
        `the optimizer ${name}, which is not among those here`,
      loss: (_: string | null, name: string) =>
        `the loss ${name}; training here uses categorical cross-entropy`,
      setting: (_: string | null, name: string) => `${name}; training goes without it`,
      optimizer_state: (_: string | null, name: string) =>
        `the state of the optimizer ${name}; it begins anew`,
    },
    rate: (f: Format, p: number) => `drops ${f.percent(p, 0)} while training`,
    stride: (s: string) => `stride ${s}`,
    dilation: (s: string) => `dilation ${s}`,
    groups: (f: Format, n: number) => `${f.int(n)} groups`,
    perChannel: (f: Format, n: number) => `${f.int(n)} a channel`,
    summary: 'summary',
    keras: 'this model in Keras',
    summaryTitle: 'Summary',
    kerasTitle: 'In Keras',
    copy: 'Copy',
    copied: 'Copied',
    close: 'Close',
    locked: 'Changes take effect with the next training.',
    addLayer: 'Layer',
    addTitle: 'Add a layer',
    removeShort: 'Remove',
    remove: (name: string) => `Remove ${name}`,
    edit: (name: string) => `Edit ${name}`,
    grip: (name: string, i: number, n: number) =>
      `${name}, position ${i} of ${n}. Arrow keys move it.`,
    moved: (name: string, i: number, n: number) => `${name} is now at position ${i} of ${n}.`,
    undo: 'Undo',
    done: 'Done',
    layerList: 'Layers',
    fields: {
      filters: 'Filters',
      kernelSize: 'Kernel',
      strides: 'Stride',
      padding: 'Padding',
      activation: 'Activation',
      poolSize: 'Pool',
      depthMultiplier: 'Filters a channel',
      units: 'Units',
      rate: 'Rate',
      factor: 'Factor',
      heightFactor: 'Height',
      widthFactor: 'Width',
      mode: 'Mirror',
      fillMode: 'Beyond the edge',
      rotationRange: 'Rotation °',
      widthShiftRange: 'Width shift',
      heightShiftRange: 'Height shift',
      shearRange: 'Shear °',
      zoomRange: 'Zoom',
      cropping: 'Crop',
      size: 'Factor',
      interpolation: 'Interpolation',
      stddev: 'Deviation',
      negativeSlope: 'Slope below 0',
    } as Record<string, string>,
    settings: {
      title: 'Training settings',
      optimizer: 'Optimizer',
      learningRate: 'Learning rate',
      momentum: 'Momentum',
      nesterov: 'Nesterov’s momentum',
      rho: 'Rho',
      beta1: 'Beta 1',
      beta2: 'Beta 2',
      batchSize: 'Batch size',
      epochs: 'Epochs',
      validationSplit: 'Validation split',
      patience: 'Patience',
      seed: 'Seed',
      threads: 'Threads',
      trainCount: 'Training images',
      earlyStopping: 'Stop early',
      checkpoint: 'Keep the best weights',
    },
    hints: {
      optimizer: 'How a gradient becomes a change of the weights',
      learningRate: 'How large a step is',
      momentum: 'Share of the last step that the next one keeps',
      nesterov: 'The gradient counts where the momentum leads to; needs a momentum above 0',
      rho: 'How long squared gradients are remembered',
      beta1: 'How long gradients are remembered',
      beta2: 'How long squared gradients are remembered',
      batchSize: 'Digits per step',
      epochs: 'Passes over the training digits, at most',
      validationSplit: 'Share of the digits that is held back to check',
      patience: 'Epochs without a better validation loss before it stops',
      seed: 'The same seed gives the same run, to the last bit',
      threads: 'Processor cores; the result does not depend on it',
      checkpoint: 'After training, the weights of the epoch with the lowest validation loss',
    } as Record<string, string>,
    trainCountHint: (f: Format, total: number | null) =>
      total === null
        ? 'How many of the training digits are used'
        : `How many of the ${f.int(total)} digits are used`,
    autoThreads: (f: Format, n: number) => `auto (${f.int(n)})`,
    notTaken: (typed: string, advice: string) => `“${typed}” does not work here: ${advice} does.`,
    invalid: (f: Format, min: number, max: number) =>
      `a number from ${f.plain(min)} to ${f.plain(max)}`,
    invalidInt: (f: Format, min: number, max: number) =>
      `a whole number from ${f.plain(min)} to ${f.plain(max)}`,
  },

  tabs: {
    label: 'Look closer',
    mistakes: 'Mistakes',
    inside: 'Inside',
    explain: 'Explain',
    compare: 'Compare',
    robustness: 'Robustness',
    digits: 'Your digits',
    files: 'Files',
  } as Record<string, string>,

  mistakes: {
    title: (f: Format, wrong: number, total: number) =>
      wrong === 1
        ? `1 of ${f.int(total)} test digits is misread`
        : `${f.int(wrong)} of ${f.int(total)} test digits are misread`,
    empty:
      'Train the network, or let the loaded one read the test digits, to see what it misreads.',
    read: 'Read the test digits',
    reading: 'Reading the test digits …',
    rows: 'true digit',
    columns: 'read as',
    rates: 'rates',
    cell: (shown: string, truth: string, read: string) => `${shown}: ${truth} read as ${read}`,
    all: 'All misread digits',
    pair: (truth: string, read: string) => `${truth} read as ${read}`,
    correct: (name: string) => `${name} read correctly`,
    surest: (f: Format, n: number) => `${f.int(n)}, surest first`,
    none: 'None.',
    toPad: (index: number) => `Test digit no. ${index + 1} to the pad`,
    more: (f: Format, n: number) => `Show ${f.int(n)} more`,
    top: (f: Format, k: number) => `Top-${f.int(k)} accuracy`,
    topHint: 'Top-k: the true digit is among the k that the network holds likeliest.',
    perClass: 'By digit',
    className: 'Digit',
    precision: 'Precision',
    recall: 'Recall',
    f1: 'F1',
    matrix: 'Confusion matrix of the test digits',
  },

  inside: {
    empty: 'Draw a digit or take a test digit to look inside.',
    output: (shape: string) => `output ${shape}`,
    weights: 'Weights of each digit',
    weightsSub: 'blue: ink here speaks for the digit, orange: against it',
    saliency: 'Saliency',
    saliencySub: (name: string) => `which pixels matter most for reading a ${name}`,
    occlusion: 'Occlusion',
    occlusionSub: (f: Format, side: number, name: string, whole: number, lowest: number) =>
      `a patch of paper, ${side} × ${side} pixels, slides over the digit; blue: covering this place makes the ${name} less probable (from ${f.percent(whole, 1)} down to ${f.percent(lowest, 1)}), orange: more probable`,
    kernels: 'Filters',
    kernelsSub: (f: Format, inputs: number) =>
      inputs > 1
        ? `each the mean over ${f.int(inputs)} input channels`
        : 'blue positive, orange negative',
    input: 'Input',
    none: 'This layer has no picture of its own.',
  },

  lecture: {
    title: 'The lecture',
    start: 'Train all three presets',
    again: 'Train all three again',
    sub: 'Softmax regression, the simple CNN and the two-conv CNN, one after another with the lecture’s settings. Seed, threads and number of images are those set above.',
    expected: (time: string) => `About ${time} on this computer.`,
    unmeasured: 'The first two take seconds, the last some minutes.',
    now: (f: Format, n: number, all: number, name: string) =>
      `${f.int(n)} of ${f.int(all)}: ${name}`,
    left: (time: string) => `about ${time} left in all`,
    skip: 'Skip this one',
    stop: 'End the lecture',
    resume: (name: string) => `Go on with ${name}`,
    waiting: 'to come',
    short: 'ended early',
    skipped: 'left out',
    progress: (name: string) => `Progress of ${name}`,
    misread: (f: Format, n: number, total: number) => `misreads ${f.int(n)} of ${f.int(total)}`,
  },

  compare: {
    empty: 'Every finished training is listed here, so that two can be compared.',
    table: 'Finished runs',
    run: 'Run',
    model: 'Model',
    settings: 'Settings',
    test: 'Test accuracy',
    params: 'Parameters',
    time: 'Time',
    epochs: 'Epochs',
    on: (f: Format, epoch: number) => `trained on after epoch ${f.int(epoch)}`,
    live: (name: string) => `${name}, training`,
    remove: (name: string) => `Remove ${name}`,
    mcnemar: 'McNemar’s test',
    between: 'between',
    and: 'and',
    onlyA: (f: Format, n: number, name: string) =>
      `${f.int(n)} digits only ${name} reads correctly`,
    difference: (p: string) =>
      `If both were equally good, so large a difference would be rare (${p}).`,
    noDifference: (p: string) =>
      `On these digits no difference between the two can be told (${p}).`,
    needTwo: 'Train a second time, with another model or setting, to compare.',
    curves: 'Validation accuracy by epoch',
  },

  digits: {
    about:
      'The network reads you badly where nobody like you was in its data. Draw digits, say what they are, let it learn from them, and it reads you. They stay in this browser; nothing is sent anywhere.',
    write: 'Write this:',
    label: 'What you drew is a',
    labelHint:
      'Draw, then press the digit here or on the keyboard: it is kept, and the pad is free for the next one.',
    isA: (digit: number, count: number) => `It is a ${digit} (${count} kept)`,
    ask: (each: number) => `Ask me for ${each} of each`,
    stopAsking: 'Enough',
    kept: (digit: number, count: number) => `${digit} is kept; ${count} in all.`,
    mix: 'Among the training images, each',
    times: (n: number) => (n === 0 ? 'not at all' : n === 1 ? 'once' : `${n} times`),
    test: 'Test the network on your digits',
    read: (right: number, count: number) => `${right} of ${count} read right`,
    interval: (range: string) => `95 % interval ${range}`,
    mnist: (share: string) => `MNIST’s test digits: ${share}`,
    writers: 'Who is read how well, the worst first',
    here: 'drawn here',
    sheet: (count: number) => `Kept digits: ${count}`,
    sheetHint: 'Press one to take it away.',
    showAll: (count: number) => `Show all ${count}`,
    takeAway: (digit: number) => `Take this ${digit} away`,
    open: 'Add files of digits …',
    save: 'Save as a file',
    saveIdx: 'Save as IDX',
    clear: 'Delete all',
    clearAll: (count: number) => `Delete all ${count} digits from this browser?`,
  },

  files: {
    save: 'Save the model',
    saveSub: 'as a file that Keras or another program opens',
    load: 'Load a model',
    loadSub:
      'a file saved here or by Keras, or a Keras script or notebook (.py, .ipynb); it can also be dropped anywhere on the lab',
    choose: 'Choose a file …',
    history: 'History as CSV',
    formats: {
      keras: 'Keras (.keras)',
      h5: 'Keras 2 (.h5)',
      tfjs: 'TensorFlow.js',
      onnx: 'ONNX',
    } as Record<string, string>,
    reading: (name: string) => `Reading ${name} …`,
    stopReading: 'Stop reading',
    loaded: (name: string) => `${name} is loaded.`,
    dropHere: 'Drop the picture or the model here',
  },

  goal: {
    title: 'Goal',
    none: 'Train the network to see how far it gets.',
    reached: 'Reached: all conditions are met.',
    score: (f: Format, met: number, all: number) => `${f.int(met)} of ${f.int(all)} met`,
    met: 'met',
    unmet: 'not met',
    open: 'not measured yet',
    measures: {
      'test-accuracy': 'test accuracy',
      'test-loss': 'test loss',
      misread: 'misread test images',
      accuracy: 'training accuracy',
      'val-accuracy': 'validation accuracy',
      loss: 'training loss',
      'val-loss': 'validation loss',
      parameters: 'parameters',
      layers: 'layers',
      epochs: 'epochs',
      'train-count': 'training images',
    },
    passport: 'Result passport …',
  },
  passport: {
    title: 'Result passport',
    about:
      'A small file for your teacher: model, settings, curves and a fingerprint of the weights. Anybody can train it again and see whether it is true. Your name gives the seed, so the run is yours alone.',
    student: 'Your name or number',
    save: 'Save the passport',
    train: 'Train with my seed',
    ready: 'This training is yours. Save the passport and hand it in.',
    lacks: {
      name: 'Say who you are first.',
      data: 'Passports are for MNIST only: other pictures could not be fetched to check them.',
      training: 'Train with your seed first.',
      past: 'The last training went on from an earlier one. Only one that begins anew can be checked.',
      stopped:
        'The last training was stopped by hand. Only one that ends by itself can be checked.',
      seed: 'The last training had another seed than yours. Train once more, with your own.',
    },
    desk: {
      check: 'Check result passports',
      collect: 'Collect result passports',
      checkAbout:
        'Each claim is trained again in this tab. It is true if curves, test result and weights are the same to the last bit.',
      collectAbout:
        'The files of a class, in one table. Nothing leaves this device. Changed files are refused here; whether a claim is true, training tells.',
      files: 'Passports (files)',
      drop: 'Choose the files, or drop them here.',
      checkAll: 'Train all again',
      stop: 'Stop',
      csv: 'Save as CSV',
      columns: {
        file: 'File',
        student: 'Name or number',
        score: 'Score',
        accuracy: 'Test accuracy',
        misread: 'Misread',
        parameters: 'Parameters',
        epochs: 'Epochs',
        finished: 'Finished',
        seed: 'Seed',
        weights: 'Weights',
        goal: 'Goal',
        verdict: 'Verdict',
      },
      waits: 'not trained again yet',
      trains: (f: Format, done: number, of: number) =>
        `training: epoch ${f.int(done)} of ${f.int(of)}`,
      isTrue: 'True: the same to the last bit.',
      isNot: (what: string) => `Not true. Training gives another: ${what}.`,
      failed: (message: string) => `Could not be trained again: ${message}`,
      twice: 'The same weights came twice.',
      plot: 'Test accuracy by parameters',
    },
    refused: {
      none: 'This is no passport.',
      newer: 'This passport was written by a newer version.',
      altered: 'Refused: the file was changed after it was saved.',
      seed: 'Refused: the seed does not belong to this name.',
    },
  },

  about: {
    button: 'About this program',
    licence: 'MIT licence: use it, change it and pass it on, also in paid courses.',
    cite: 'To cite it: CITATION.cff in its source.',
    data: 'Where the handwriting comes from',
    mnist:
      'Yann LeCun, Corinna Cortes and Christopher J. C. Burges, from forms that NIST collected. Creative Commons Attribution-ShareAlike 3.0. The ready-made models learned from it.',
    unipen:
      'Isabelle Guyon, Lambert Schomaker, Réjean Plamondon and others. The pen was measured on it; nothing of it is in these files.',
    pendigits:
      'Ethem Alpaydın and Fevzi Alimoğlu, UCI Machine Learning Repository. Creative Commons Attribution 4.0. Drawings to measure with; nothing of it is in these files.',
    works: 'What it is made of',
    own: 'The licence',
    others: 'Libraries and their licences',
  },

  embed: {
    button: 'Embed',
    title: 'Put this lab into a page',
    asSetUp: 'Model and settings are taken as they are set up in the lab now.',
    panels: 'Panels',
    panelNames: {
      bar: 'Bar',
      draw: 'Draw',
      train: 'Train',
      model: 'Model',
      mistakes: 'Mistakes',
      inside: 'Inside',
      compare: 'Compare',
      files: 'Files',
    } as Record<string, string>,
    task: 'A task over the panels',
    asPage: 'as the page',
    more: 'More',
    lockModel: 'Model cannot be changed',
    lockSettings: 'Settings cannot be changed',
    eager: 'Start at once, not when seen',
    fingerprint: 'The tag takes this version of the script only (integrity)',
    fingerprintHint:
      'With another version at this address the lab does not load: then copy the lines again.',
    preview: 'As it will be',
    code: 'Lines to paste',
    forms: {
      element: 'HTML tag',
      frame: 'iframe',
      markdown: 'Markdown',
      myst: 'MyST',
      quarto: 'Quarto',
    },
    hints: {
      element: 'For pages that may load scripts. It costs 14 KB until somebody scrolls to it.',
      frame:
        'For Moodle and other pages without scripts. With scripts the frame can grow with its content: see the documentation.',
      markdown: 'For Markdown that passes HTML on.',
      myst: 'For Jupyter Book and Sphinx.',
      quarto: 'For Quarto documents, slides and websites.',
    },
    folder: 'Download an offline folder',
    packing: (percent: string) => `Packing: ${percent}`,
    folderHint:
      'Everything in one zip: unpack it on any web server, such as your course’s, and open its index.html there.',
    examples: 'Examples of course pages',
  },

  errors: {
    title: 'That did not work',
    retry: 'Try again',
    dismiss: 'Close',
    reset: 'Reset',
    offline: 'Is the connection up?',
    noModel: 'Without it, train one: press Train.',
    picture: 'PNG, JPEG and BMP can be read.',
    file: 'The model stays as it was. Files of Keras (.keras, .h5) and TensorFlow.js and Keras scripts (.py, .ipynb) can be opened, for digits of 28 × 28 pixels.',
    worker:
      'What it had learned in this training is lost; settings, drawings and finished runs are still there.',
    diverged:
      'The loss became infinite: the steps were so large that the network overshot and its numbers outgrew what a computer can hold. A smaller learning rate cures that.',
    untrained: 'The network is untrained again.',
    asBefore: 'The network is as it was before.',
    usual: 'Train with the optimizer’s usual settings',
    dataTitle: (own: string | null) => `${own ?? 'MNIST'} could not be loaded`,
    modelTitle: 'The network could not be loaded',
    trainTitle: 'Training stopped',
    pictureTitle: 'This picture could not be read',
    fileTitle: 'This model file could not be opened',
    workerTitle: 'The program in the background has ended',
    restart: 'Start it again',
    entryTitle: 'Training cannot begin yet',
    partTitle: 'A part of the lab could not be loaded',
    entry: 'What stands in a field does not work. The field says what does.',
  },

  units: { second: 's' },
};

export type Messages = typeof en;

/** A part of the messages. */
export type Some<T> = {
  readonly [K in keyof T]?: T[K] extends string | readonly unknown[] | ((...args: never) => unknown)
    ? T[K]
    : Some<T[K]>;
};
