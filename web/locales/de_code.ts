// What the reading of Keras scripts says, in German. Names of Keras's and of Python's stay English.

const RUNNING = 'ist erst bekannt, wenn das Skript läuft';

export const de = {
  hints: {
    'adadelta-rate':
      'Adadeltas Lernrate ist heute 0,001; Skripte seiner Zeit hatten 1,0. Mit 0,001 lernt es sehr langsam: learning_rate=1.0 angeben.',
    'raw-pixels': 'Die Pixel bleiben 0–255. Netze lernen besser aus 0–1: durch 255 teilen.',
    'logits-as-probabilities':
      'Die letzte Schicht hat kein softmax, aber der loss erwartet Wahrscheinlichkeiten: dort softmax, oder im loss from_logits=True.',
    'softmax-twice':
      'Softmax wird zweimal gerechnet: Die letzte Schicht gibt Wahrscheinlichkeiten, und etwas danach hält sie für Logits.',
    classes: 'Die Breite der letzten Schicht ist nicht die Zahl der Klassen dieser Bilder.',
    'accuracy-with-mse':
      'Gezeigt wird accuracy, trainiert wird der mittlere quadratische Fehler; für Klassen ist die Kreuzentropie gemacht.',
    'validated-on-test':
      'Validiert wird mit den Testbildern: Was man nach ihnen aussucht, prüfen sie nicht mehr. Besser einen Teil der Trainingsbilder zurückhalten.',
    'strides-by-position':
      'Die dritte Zahl von Conv2D sind heute die strides; ältere Skripte meinten einen Kernel: kernel_size=(3, 3) schreiben.',
  },
  reasons: {
    // What stops a script.
    '{0} layers are not supported': '{0}-Schichten gibt es hier nicht',
    '{0} is not supported': '{0} gibt es hier nicht',
    '{0} is not read': '{0} wird nicht gelesen',
    '{0} is known only when the script runs': `{0} ${RUNNING}`,
    '{0} is called without {1}': '{0} wird ohne {1} aufgerufen',
    '{0} has no call': '{0} hat kein call',
    'the optimizer {0} is not supported': 'den Optimizer {0} gibt es hier nicht',
    'the loss {0} is not supported': 'den loss {0} gibt es hier nicht',
    'the callback {0} is not supported': 'den Callback {0} gibt es hier nicht',
    'the callback {0} of one’s own is not read': 'der eigene Callback {0} wird nicht gelesen',
    'the data set {0} is not here': 'den Datensatz {0} gibt es hier nicht',
    'the name {0} is not known here': 'der Name {0} ist hier nicht bekannt',
    'decay makes the rate smaller as in Keras 2; Keras 3 ignores it':
      'decay verkleinert die Lernrate wie in Keras 2; Keras 3 übergeht es',
    'Keras takes one of {0}': 'Keras nimmt eines von {0}',
    'steps_per_epoch is not supported but for all pictures once':
      'steps_per_epoch gibt es hier nur für alle Bilder einmal',
    'models of several inputs are not read': 'Modelle mit mehreren Eingaben werden nicht gelesen',
    'a model that is a part of another twice is not read':
      'ein Modell, das zweimal Teil eines anderen ist, wird nicht gelesen',
    'a layer whose weights are used twice is not read':
      'eine Schicht, deren Gewichte zweimal verwendet werden, wird nicht gelesen',
    'a layer that is used in two places is not read':
      'eine Schicht, die an zwei Stellen verwendet wird, wird nicht gelesen',
    'data sets put together in this way are not read':
      'so zusammengesetzte Datensätze werden nicht gelesen',
    'these sides around the pictures are not read':
      'diese Ränder um die Bilder werden nicht gelesen',
    '{0} has an argument too many, or one twice': '{0} hat ein Argument zu viel oder eines zweimal',
    '{0} computes something else in training': '{0} rechnet im Training etwas anderes',
    'there is no {0}': '{0} gibt es hier nicht',
    'images and labels are drawn apart from each other':
      'Bilder und Labels werden getrennt voneinander gezogen',
    'these are not places of these pictures': 'das sind keine Plätze dieser Bilder',
    'class_weight is known only when the script runs, or is no weights by class': `class_weight ${RUNNING}, oder es sind keine Gewichte nach Klassen`,
    'steps_per_epoch is not supported where it is more than all pictures once':
      'steps_per_epoch gibt es hier nicht für mehr als alle Bilder einmal',
    'a while loop is not read': 'eine while-Schleife wird nicht gelesen',
    'a training loop of one’s own is not read': 'eine eigene Trainingsschleife wird nicht gelesen',
    'a starred name is not read here': 'ein Name mit Stern wird hier nicht gelesen',
    'a learning rate that is set between fits is not read':
      'eine Lernrate, die zwischen zwei fit gesetzt wird, wird nicht gelesen',
    'an assignment to this is not read': 'eine Zuweisung daran wird nicht gelesen',
    'setting {0} is not read': '{0} zu setzen wird nicht gelesen',
    'setting {0} of an optimizer is not read': '{0} eines Optimizers zu setzen wird nicht gelesen',
    'this is no Python that can be read': 'das ist kein Python, das sich lesen lässt',
    'this is not read': 'das wird nicht gelesen',
    'this is not called here': 'das wird hier nicht aufgerufen',
    'this index is not read': 'dieser Index wird nicht gelesen',
    'this slice': 'dieser Ausschnitt',
    'a slice of this': 'ein Ausschnitt davon',
    'a layer is expected here': 'hier wird eine Schicht erwartet',
    'a layer of this is not read': 'eine Schicht davon wird nicht gelesen',
    'a model of this is not read': 'ein Modell davon wird nicht gelesen',
    'a dataset of this is not read': 'ein Dataset davon wird nicht gelesen',
    'there are no layers in it that can be read': 'es hat keine Schichten, die sich lesen lassen',
    'there is no Keras model in it that can be read':
      'es enthält kein Keras-Modell, das sich lesen lässt',
    'it is fitted again in another way': 'es wird noch einmal auf andere Weise trainiert',
    'it is nested deeper than is read here': 'es ist tiefer verschachtelt, als hier gelesen wird',
    'it takes more steps than are taken here': 'es braucht mehr Schritte, als hier gegangen werden',
    'it is validated with images in a way that is not read':
      'es wird mit Bildern auf eine Weise validiert, die nicht gelesen wird',
    'pictures and labels are not the same ones': 'Bilder und Labels gehören nicht zusammen',
    'these pictures are chosen in a way that is not read':
      'diese Bilder sind auf eine Weise ausgewählt, die nicht gelesen wird',
    'this shape does not fit the pictures': 'diese Form passt nicht zu den Bildern',
    'single pictures, or parts of them, are known only when it runs':
      'einzelne Bilder oder Teile davon sind erst bekannt, wenn es läuft',
    'single pictures, labels or items are not changed here':
      'einzelne Bilder, Labels oder Einträge werden hier nicht verändert',
    'what it is trained with is not one of the data sets here, or is known only when the script runs':
      'womit trainiert wird, ist keiner der Datensätze hier oder erst bekannt, wenn das Skript läuft',
    'what {0} does with a picture is not read': 'was {0} mit einem Bild tut, wird nicht gelesen',
    '{0} of this is not read': '{0} davon wird nicht gelesen',
    '{0} of these is not read': '{0} von diesen wird nicht gelesen',
    '{0} of a dataset is not read': '{0} eines Datasets wird nicht gelesen',
    '{0} of pictures or labels is not read': '{0} von Bildern oder Labels wird nicht gelesen',
    '{0} of pictures or labels and this is not read':
      '{0} von Bildern oder Labels und diesem wird nicht gelesen',

    // What only Python knows.
    'whether this holds is known only when the script runs: {0}': `ob das gilt, ${RUNNING}: {0}`,
    'validation_data is known only when the script runs': `validation_data ${RUNNING}`,
    'what {0} gives is known only when the script runs': `was {0} ergibt, ${RUNNING}`,
    'what a model answers is known only when the script runs': `was ein Modell antwortet, ${RUNNING}`,
    'what a data set says of itself is known only when the script runs': `was ein Datensatz von sich sagt, ${RUNNING}`,
    'what this goes through is known only when the script runs': `worüber das läuft, ${RUNNING}`,
    'the mean or deviation of these pictures is known only when the script runs': `Mittel oder Streuung dieser Bilder ${RUNNING}`,
    '{0} of a model is known only when the script runs': `{0} eines Modells ${RUNNING}`,
    '{0} of a layer is known only when the script runs': `{0} einer Schicht ${RUNNING}`,
    '"{0}" of what is known only when the script runs': `„{0}“ von etwas, das ${RUNNING}`,
    '** of what is known only when the script runs': `** von etwas, das ${RUNNING}`,
    '** of what is known only later': '** von etwas, das erst später bekannt ist',
    '* of these is not read': '* von diesen wird nicht gelesen',
    'a comparison of what is known only when the script runs': `ein Vergleich mit etwas, das ${RUNNING}`,
    'a part of this is known only when the script runs': `ein Teil davon ${RUNNING}`,
    'a split of what is known only when the script runs': `eine Teilung von etwas, das ${RUNNING}`,
    'a text of what is known only when the script runs': `ein Text aus etwas, das ${RUNNING}`,
    'a text known only when the script runs': `ein Text, der ${RUNNING}`,
    'a text known only later': 'ein Text, der erst später bekannt ist',
    'a number known only when the script runs': `eine Zahl, die ${RUNNING}`,
    'a range known only when the script runs': `ein Bereich, der ${RUNNING}`,
    'a length known only when the script runs': `eine Länge, die ${RUNNING}`,
    'a complex number': 'eine komplexe Zahl',
    'a division by zero': 'eine Division durch null',
    'a name is missing': 'ein Name fehlt',
    'its size is not known': 'die Größe ist nicht bekannt',
    'of nothing': 'von nichts',
    'the dictionary has no such key': 'das dict hat keinen solchen Schlüssel',
    'the list is shorter': 'die Liste ist kürzer',
    'there is nothing for this name': 'für diesen Namen ist nichts da',
    'too long a list': 'eine zu lange Liste',
    'more than {0} items': 'mehr als {0} Einträge',
    'a range of more than {0}': 'ein Bereich von mehr als {0}',

    // What is otherwise here.
    'subset without a validation_split': 'subset ohne validation_split',
    'cval is of the pixels after all scaling here':
      'cval gilt hier für die Pixel nach aller Skalierung',
    'channels first is read as channels last, as pictures are here':
      'channels first wird als channels last gelesen, wie die Bilder hier sind',
    'the metric {0} is not computed': 'die Metrik {0} wird nicht berechnet',
    'weights of a file are not read: it is trained anew':
      'Gewichte einer Datei werden nicht gelesen: es wird neu trainiert',
    'the command line is empty here: its defaults are read':
      'die Befehlszeile ist hier leer: gelesen wird, was ohne Angabe gilt',
    'each fold holds out other images there; here it is the last ones':
      'dort hält jede Teilung andere Bilder zurück, hier sind es die letzten',
    'of {0} images the last {1} are the test’s; they are kept apart here':
      'von {0} Bildern gehören die letzten {1} zum Test; hier liegen sie für sich',
    'Kaggle’s file has {0} of MNIST’s images; here they are its first ones':
      'Kaggles Datei hat {0} von MNISTs Bildern; hier sind es dessen erste',
    'the metric {0} is not shown': 'die Metrik {0} wird nicht gezeigt',
    'the first images are held out there; here it is the last ones':
      'dort werden die ersten Bilder zurückgehalten, hier die letzten',
    'the images held out are drawn there; here they are the last ones':
      'dort werden die zurückgehaltenen Bilder gezogen, hier sind es die letzten',
    'the first {0} images are left out there, and trained with here':
      'die ersten {0} Bilder bleiben dort weg, hier wird mit ihnen trainiert',
    '{0} is nowhere imported; it is taken as {1}':
      '{0} wird nirgends importiert; es wird als {1} gelesen',
    '{0} is nowhere set; it is taken as MNIST’s, with pixels from 0 to 1':
      '{0} wird nirgends gesetzt; es wird als das von MNIST gelesen, mit Pixeln von 0 bis 1',
    'optimizer: {0} = {1} in the script, {2} here': 'Optimizer: {0} = {1} im Skript, {2} hier',
    '{0} = {1} is {2} here': '{0} = {1} ist hier {2}',
    '{0} is left out': '{0} bleibt weg',
    '{0}: this page trains on its own images':
      '{0}: Diese Seite trainiert mit ihren eigenen Bildern',
    'validation_data: the test digits are read once, when the training has ended':
      'validation_data: Die Testziffern werden einmal gelesen, wenn das Training zu Ende ist',
    'shuffle=False: the images are shuffled before each epoch':
      'shuffle=False: Die Bilder werden vor jeder Epoche gemischt',

    // What nothing depends on.
    'nothing that is read depends on it': 'nichts, was gelesen wird, hängt davon ab',
    'for the notebook, not for Python': 'für das Notebook, nicht für Python',
    'a callback that only watches': 'ein Callback, der nur zusieht',
    '{0} only watches': '{0} sieht nur zu',
    '{0} is not needed': '{0} wird nicht gebraucht',
    '{0} is not needed to train': '{0} wird zum Trainieren nicht gebraucht',
  },
};
