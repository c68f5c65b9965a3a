// Deutsch, wo die Klassen eigene Namen haben: was von Ziffern spricht, von Bildern gesagt.
import type { Messages, Some } from './en.ts';

export const dePictures: Some<Messages> = {
  lacking: {
    gzip: 'Dieser Browser kann die Bilder nicht auspacken (kein DecompressionStream). Aktualisieren Sie ihn: Chrome und Edge ab 111, Firefox ab 121, Safari ab 16.4.',
  },

  draw: {
    title: 'Bild zeichnen',
    hint: 'Hier eine der Klassen zeichnen',
    blank: 'Auf diesem Bild ist nichts.',
    others: {
      left: 'Auf diesem Bild ist mehr als eine Figur. Gelesen wurde die linke.',
      right: 'Auf diesem Bild ist mehr als eine Figur. Gelesen wurde die rechte.',
      top: 'Auf diesem Bild ist mehr als eine Figur. Gelesen wurde die obere.',
      bottom: 'Auf diesem Bild ist mehr als eine Figur. Gelesen wurde die untere.',
      many: 'Auf diesem Bild sind mehrere Figuren. Gelesen wurde die mit der meisten Tinte.',
    },
    next: 'Nächstes Testbild',
    fromTest: (f, index) => `Testbild Nr. ${f.int(index + 1)}`,
    steps: {
      image: ['28×28', 'Was das Netz bekommt: 784 Zahlen.'],
    },
    verdict: { sure: 'Gelesen als', likely: 'Wohl', perhaps: 'Vielleicht', or: 'oder' },
    bars: {
      probabilities: 'Wahrscheinlichkeit jeder Klasse',
      separate: 'Eigene Wahrscheinlichkeit jeder Klasse (Sigmoid)',
      logits: 'Softmax der Logits jeder Klasse',
    },
  },

  train: {
    idle: (f, train, val) =>
      `Lernt aus ${f.int(train)} Bildern und prüft sich an ${f.int(val)} anderen.`,
    idleAtMost: (f, train, val) =>
      `Lernt aus höchstens ${f.int(train)} Bildern und prüft sich an höchstens ${f.int(val)} anderen.`,
    evaluating: (f, total) =>
      total === null
        ? 'Die Testbilder werden gelesen …'
        : `Die ${f.int(total)} Testbilder werden gelesen …`,
  },

  sees: {
    titleIn: (name) => `Was es in diesem Bild sieht: ${name}`,
    softmax: 'Für jede Klasse das Gewicht jedes Pixels: Blau spricht dafür, Orange dagegen',
    noDigit: 'Ein Bild zeichnen, um zu sehen, was die Filter darin finden.',
  },

  model: {
    hints: {
      batchSize: 'Bilder je Schritt',
      epochs: 'Durchgänge durch die Trainingsbilder, höchstens',
      validationSplit: 'Anteil der Bilder, der zur Prüfung zurückgehalten wird',
    },
    trainCountHint: (f, total) =>
      total === null
        ? 'Wie viele der Trainingsbilder verwendet werden'
        : `Wie viele der ${f.int(total)} Bilder verwendet werden`,
  },

  mistakes: {
    title: (f, wrong, total) =>
      wrong === 1
        ? `1 von ${f.int(total)} Testbildern ist falsch gelesen`
        : `${f.int(wrong)} von ${f.int(total)} Testbildern sind falsch gelesen`,
    empty:
      'Das Netz trainieren oder das geladene die Testbilder lesen lassen, um zu sehen, was es falsch liest.',
    read: 'Testbilder lesen',
    reading: 'Die Testbilder werden gelesen …',
    rows: 'wahre Klasse',
    all: 'Alle falsch gelesenen Bilder',
    toPad: (index) => `Testbild Nr. ${index + 1} auf die Zeichenfläche`,
    topHint: 'Top-k: Die wahre Klasse ist unter den k, die das Netz am ehesten vermutet.',
    perClass: 'Je Klasse',
    className: 'Klasse',
    matrix: 'Konfusionsmatrix der Testbilder',
  },

  inside: {
    empty: 'Ein Bild zeichnen oder ein Testbild nehmen, um hineinzusehen.',
    weights: 'Gewichte jeder Klasse',
    weightsSub: 'Blau: Tinte hier spricht für die Klasse, Orange: dagegen',
    saliencySub: (name) => `welche Pixel für die Antwort „${name}“ am meisten zählen`,
    occlusionSub: (f, side, name, whole, lowest) =>
      `ein Stück Papier von ${side} × ${side} Pixeln wandert über das Bild; Blau: Wird diese Stelle verdeckt, sinkt die Wahrscheinlichkeit von „${name}“ (von ${f.percent(whole, 1)} bis auf ${f.percent(lowest, 1)}), Orange: sie steigt`,
  },

  compare: {
    onlyA: (f, n, name) => `${f.int(n)} Bilder liest nur ${name} richtig`,
    noDifference: (p) =>
      `An diesen Bildern lässt sich kein Unterschied zwischen den beiden erkennen (${p}).`,
  },

  errors: {
    file: 'Das Modell bleibt, wie es war. Geöffnet werden Dateien von Keras (.keras, .h5) und TensorFlow.js sowie Keras-Skripte (.py, .ipynb), für Bilder von 28 × 28 Pixeln.',
  },
};
