// The words of the panel that explains, in German.
import type { ExplainWords } from './explain_en.ts';

export const explainDe: ExplainWords = {
  empty:
    'Zeichne eine Ziffer oder nimm eine Testziffer, um mit ihren eigenen Zahlen zu sehen, wie das Netz rechnet.',
  takeTest: 'Nächste Testziffer',
  layers: 'Schicht',
  nothing: 'Das Netz ist noch nicht bereit.',
  walk: 'Laufen lassen',
  halt: 'Anhalten',
  next: (layer) => `Dieser Zahl folgen: weiter in ${layer}`,
  back: (layer) => `Woher die Eingaben kommen: ${layer}`,
  input: 'Eingabe',
  output: 'Ausgabe',
  channel: 'Kanal',
  filter: 'Filter',
  unit: 'Einheit',
  row: 'Zeile',
  column: 'Spalte',
  windowLabel: (row, column) =>
    `Fenster über der Eingabe, bei Zeile ${row + 1}, Spalte ${column + 1}. Pfeiltasten bewegen es, mit Umschalt um fünf.`,
  outputLabel: (row, column) =>
    `Ausgabe, bei Zeile ${row + 1}, Spalte ${column + 1}. Pfeiltasten bewegen die Stelle, mit Umschalt um fünf.`,
  said: (row, column, value) => `Zeile ${row + 1}, Spalte ${column + 1}: ${value}`,
  products: 'Pixel × Gewicht = Produkt',
  productsOf: (channel) => `Kanal ${channel + 1}: Eingabe × Gewicht = Produkt`,
  padding: 'außen',
  channels: 'Was jeder Eingabekanal beiträgt',
  others: (f, n) => `${f.int(n)} weitere zusammen`,
  bias: 'Bias',
  sum: 'Summe der Produkte',
  terms: 'Die stärksten Summanden: Eingabe × Gewicht = Produkt',
  from: (row, column, channel) => `Zeile ${row + 1}, Spalte ${column + 1}, Kanal ${channel + 1}`,
  pixel: (row, column) => `Pixel in Zeile ${row + 1}, Spalte ${column + 1}`,
  weights: 'Gewichte: Blau spricht dafür, Orange dagegen',
  productsPicture: 'Pixel × Gewicht',
  number: (n) => `Einheit ${n + 1}`,
  kernel: 'Kern',
  kernels: {
    learned: 'vom Netz gelernt',
    edgesUp: 'Kanten, waagerecht (Sobel)',
    edgesLeft: 'Kanten, senkrecht (Sobel)',
    blur: 'weichzeichnen',
    sharpen: 'schärfen',
    own: 'neun eigene Zahlen',
  },
  ownWeight: (row, column) => `Gewicht in Zeile ${row + 1}, Spalte ${column + 1}`,
  otherKernel:
    'Mit einem anderen Kern sieht man, was er allein aus der Ziffer machen würde; das Netz behält seinen.',
  keeps: (value) => `Max-Pooling behält die größte: ${value}. Die anderen sind vergessen.`,
  averages: (f, n, value) =>
    `Average-Pooling behält den Mittelwert der ${f.int(n)} Zahlen: ${value}.`,
  max: 'Max-Pooling',
  average: 'Average-Pooling',
  both: 'Beides auf derselben Karte; dieses Netz benutzt',
  fourKept: 'Die Zahlen unter dem Fenster',
  softmax: {
    title: 'Von Zahlen zu Wahrscheinlichkeiten: Softmax',
    words:
      'Jeder Wert z wird zu e hoch z, das ist positiv. Geteilt durch die Summe aller ist es eine Wahrscheinlichkeit: Zusammen ergeben sie 1.',
    className: 'Ziffer',
    total: 'Summe',
    truth: 'Wahre Ziffer',
    loss: 'Loss dieser Ziffer',
    lossWords: (name, p) =>
      `Der Loss ist klein, wenn die wahre Ziffer, ${name}, eine Wahrscheinlichkeit nahe 1 bekommt; jetzt bekommt sie ${p}.`,
  },
  activations: {
    linear: 'Keine Aktivierung: Die Summe ist die Ausgabe.',
    relu: 'ReLU lässt positive Summen durch und macht negative zu 0.',
    softmax: 'Softmax macht aus allen Summen dieser Schicht zusammen Wahrscheinlichkeiten.',
  },
  activation: (name) => `Die Aktivierung ${name} macht daraus die Ausgabe.`,
  about: {
    Conv2D:
      'Eine Faltung schiebt ein kleines Fenster von Gewichten über ihre Eingabe. An jeder Stelle werden die Zahlen unter dem Fenster mit den Gewichten malgenommen und zusammengezählt.',
    DepthwiseConv2D: 'Wie eine Faltung, aber jeder Ausgabekanal sieht nur einen Eingabekanal.',
    SeparableConv2D:
      'Zwei Schritte: Erst wird jeder Kanal für sich gefaltet, dann werden die Ergebnisse einer Stelle gewichtet und zusammengezählt. Hier: der zweite Schritt.',
    Dense:
      'Jede Einheit nimmt jede ihrer Eingaben mit einem eigenen Gewicht mal und zählt alles zusammen.',
    MaxPooling2D:
      'Pooling macht die Karte kleiner: Aus jedem Fenster bleibt nur die größte Zahl übrig.',
    AveragePooling2D:
      'Pooling macht die Karte kleiner: Aus jedem Fenster bleibt nur der Mittelwert übrig.',
    GlobalMaxPooling2D: 'Von jeder ganzen Karte bleibt nur die größte Zahl.',
    GlobalAveragePooling2D: 'Von jeder ganzen Karte bleibt nur der Mittelwert.',
    Flatten:
      'Flatten rechnet nichts: Es legt alle Karten in eine lange Reihe, Stelle für Stelle und dort Kanal für Kanal.',
    Reshape: 'Reshape rechnet nichts: dieselben Zahlen in anderer Form.',
    Add: 'Die Zahlen, die in mehreren Schichten an derselben Stelle stehen, werden addiert. Was ein Block rechnet, ist so eine Änderung an dem, was hereinkam.',
    Subtract:
      'Was die zweite Schicht ergibt, wird von dem abgezogen, was die erste ergibt, Zahl für Zahl.',
    Multiply:
      'Die Zahlen, die in mehreren Schichten an derselben Stelle stehen, werden multipliziert. Eine davon kann die anderen so öffnen und schließen wie ein Tor.',
    Average:
      'Von den Zahlen, die in mehreren Schichten an derselben Stelle stehen, der Mittelwert.',
    Maximum: 'Von den Zahlen, die in mehreren Schichten an derselben Stelle stehen, die größte.',
    Minimum: 'Von den Zahlen, die in mehreren Schichten an derselben Stelle stehen, die kleinste.',
    Concatenate:
      'Concatenate rechnet nichts: Es legt die Kanäle mehrerer Schichten hintereinander, sodass die nächste Schicht sie alle sieht.',
    BatchNormalization:
      'Jeder Kanal wird verschoben und gestreckt: nach Mittelwert und Varianz, die das Training gesehen hat, und um zwei gelernte Zahlen.',
    Rescaling: 'Jede Zahl wird mit demselben Faktor malgenommen und um denselben Wert verschoben.',
    Dropout:
      'Im Training setzt Dropout zufällige Zahlen auf 0. Wenn das Netz eine Ziffer liest, wie hier, lässt es alles durch.',
  },
  aboutNoise:
    'Diese Schicht verändert im Training Bilder oder Zahlen zufällig. Wenn das Netz eine Ziffer liest, wie hier, lässt sie alles durch.',
  aboutMoved:
    'Diese Schicht legt ihre Zahlen nur neu aus oder füllt Zwischenräume; sie lernt nichts und gewichtet nichts.',
  aboutEach: 'Jede Zahl geht für sich durch diese Funktion.',
  flatIndex: 'Zahl',
  step: {
    title: 'Rückwärts: was diese Ziffer ändern würde',
    words: (name) =>
      `Lernte das Netz nur aus dieser einen Ziffer, als ${name}: Der Gradient sagt für jedes Gewicht, wie der Loss mit ihm wachsen würde. Ein Schritt des Gradientenabstiegs geht in die andere Richtung.`,
    start: 'Gradienten berechnen',
    before: 'jetzt',
    new: 'neu',
    gradient: 'Gradient',
    after: (rate) => `nach einem Schritt von ${rate}`,
    loss: 'Loss vor und nach dem Schritt',
    sure: 'Das Netz ist sich schon sicher, also ändert diese Ziffer fast nichts. Zeichne eine undeutlichere oder wähle bei der letzten Schicht eine andere wahre Ziffer.',
    failed: 'Der Gradient konnte nicht berechnet werden.',
  },
};
