// English where the classes have names of their own: the words that speak of digits, said of pictures instead.

import type { Messages, Some } from './en.ts';

export const enPictures: Some<Messages> = {
  lacking: {
    gzip: 'This browser cannot unpack the pictures (no DecompressionStream). Update it: Chrome and Edge from 111, Firefox from 121, Safari from 16.4.',
  },

  draw: {
    title: 'Draw a picture',
    hint: 'Draw one of the classes',
    blank: 'There is nothing on this picture.',
    others: {
      left: 'There is more than one figure on this picture. The left one was read.',
      right: 'There is more than one figure on this picture. The right one was read.',
      top: 'There is more than one figure on this picture. The upper one was read.',
      bottom: 'There is more than one figure on this picture. The lower one was read.',
      many: 'There are several figures on this picture. The one with the most ink was read.',
    },
    next: 'Next test picture',
    fromTest: (f, index) => `Test picture no. ${f.int(index + 1)}`,
    steps: {
      image: ['28×28', 'What the network gets: 784 numbers.'],
    },
    verdict: { sure: 'Read as', likely: 'Probably', perhaps: 'Perhaps', or: 'or' },
    bars: {
      probabilities: 'Probability of each class',
      separate: 'Each class’s own probability (sigmoid)',
      logits: 'Softmax of the logits of each class',
    },
  },

  train: {
    idle: (f, train, val) =>
      `Learns from ${f.int(train)} pictures and checks itself on ${f.int(val)} others.`,
    idleAtMost: (f, train, val) =>
      `Learns from at most ${f.int(train)} pictures and checks itself on at most ${f.int(val)} others.`,
    evaluating: (f, total) =>
      total === null
        ? 'Reading the test pictures …'
        : `Reading the ${f.int(total)} test pictures …`,
  },

  sees: {
    titleIn: (name) => `What it sees in this picture: ${name}`,
    softmax: 'For each class the weight of every pixel: blue speaks for it, orange against it',
    noDigit: 'Draw a picture to see what the filters find in it.',
  },

  model: {
    hints: {
      batchSize: 'Pictures per step',
      epochs: 'Passes over the training pictures, at most',
      validationSplit: 'Share of the pictures that is held back to check',
    },
    trainCountHint: (f, total) =>
      total === null
        ? 'How many of the training pictures are used'
        : `How many of the ${f.int(total)} pictures are used`,
  },

  mistakes: {
    title: (f, wrong, total) =>
      wrong === 1
        ? `1 of ${f.int(total)} test pictures is misread`
        : `${f.int(wrong)} of ${f.int(total)} test pictures are misread`,
    empty:
      'Train the network, or let the loaded one read the test pictures, to see what it misreads.',
    read: 'Read the test pictures',
    reading: 'Reading the test pictures …',
    rows: 'true class',
    all: 'All misread pictures',
    toPad: (index) => `Test picture no. ${index + 1} to the pad`,
    topHint: 'Top-k: the true class is among the k that the network holds likeliest.',
    perClass: 'By class',
    className: 'Class',
    matrix: 'Confusion matrix of the test pictures',
  },

  inside: {
    empty: 'Draw a picture or take a test picture to look inside.',
    weights: 'Weights of each class',
    weightsSub: 'blue: ink here speaks for the class, orange: against it',
    saliencySub: (name) => `which pixels matter most for reading it as ${name}`,
    occlusionSub: (f, side, name, whole, lowest) =>
      `a patch of paper, ${side} × ${side} pixels, slides over the picture; blue: covering this place makes ${name} less probable (from ${f.percent(whole, 1)} down to ${f.percent(lowest, 1)}), orange: more probable`,
  },

  compare: {
    onlyA: (f, n, name) => `${f.int(n)} pictures only ${name} reads correctly`,
    noDifference: (p) => `On these pictures no difference between the two can be told (${p}).`,
  },

  errors: {
    file: 'The model stays as it was. Files of Keras (.keras, .h5) and TensorFlow.js and Keras scripts (.py, .ipynb) can be opened, for pictures of 28 × 28 pixels.',
  },
};
