// Deutsch.
import type { Messages } from './en.ts';

export const de: Messages = {
  code: 'de',
  name: 'Deutsch',
  dir: 'ltr',

  app: {
    tagline: 'ein Netz lernt lesen, in diesem Tab',
    title: 'Ziffer: ein neuronales Netz auf handgeschriebenen Ziffern trainieren',
    language: 'Sprache',
    theme: 'Farben',
    themes: { auto: 'wie das System', light: 'hell', dark: 'dunkel' },
    lab: 'Ziffer-Labor',
  },

  frame: {
    copyByHand:
      'Die Seite ringsum lässt diesen Rahmen nicht kopieren. Der Text ist ausgewählt: Drücken Sie Strg+C, am Mac ⌘C.',
    notSaved:
      'Hat Ihr Browser die Datei nicht gespeichert, so verbietet die Seite um diesen Rahmen Downloads. Drücken Sie lange oder mit der rechten Taste auf diesen Link und wählen Sie „Speichern“:',
    alone:
      'Oder arbeiten Sie mit dem Labor in einem eigenen Tab; was hier trainiert wurde, bleibt hier:',
  },
  kept: {
    all: 'Diese Seite ist auf diesem Gerät aufgehoben: Sie öffnet sich auch ohne Verbindung.',
    without: (files) =>
      `Diese Seite öffnet sich auch ohne Verbindung, bis auf das, was diese Dateien braucht; sie konnten nicht aufgehoben werden: ${files}. Der nächste Besuch versucht es wieder.`,
    not: (files) =>
      `Diese Seite öffnet sich nicht ohne Verbindung: Diese Dateien konnten nicht aufgehoben werden: ${files}. Der nächste Besuch versucht es wieder.`,
    some: (files, more) => `${files} und ${more} weitere`,
  },

  complaint: {
    title: 'Nicht verstanden und darum nicht benutzt',
    line: (name, text, meant, expected) =>
      [
        expected === null ? `„${name}“ gibt es nicht` : `${name}: „${text}“`,
        meant ? `meinten Sie ${meant}?` : null,
        expected === null ? null : `möglich: ${expected}`,
      ]
        .filter(Boolean)
        .join(' · '),
  },

  lacking: {
    wasm: 'Dieser Browser hat kein WebAssembly, oder es ist abgeschaltet; hier kann nichts gerechnet werden. Der Blockierungsmodus (Apple) und die erhöhte Sicherheit von Edge schalten es ab: Nehmen Sie diese Seite davon aus, oder öffnen Sie sie in einem aktuellen Chrome, Edge, Firefox oder Safari.',
    workers:
      'Dieser Browser startet keine Worker; neben der Seite kann nichts trainiert werden. Erlauben Sie sie, oder öffnen Sie die Seite in einem aktuellen Chrome, Edge, Firefox oder Safari.',
    gzip: 'Dieser Browser kann die Ziffern nicht auspacken (kein DecompressionStream). Aktualisieren Sie ihn: Chrome und Edge ab 111, Firefox ab 121, Safari ab 16.4.',
  },

  presets: {
    label: 'Modell',
    'softmax-regression': 'Softmax-Regression',
    'simple-cnn': 'Einfaches CNN',
    'two-conv-cnn': 'CNN, zwei Faltungen',
    custom: 'Eigenes',
  },

  draw: {
    title: 'Ziffer zeichnen',
    pad: 'Zeichenfläche',
    hint: 'Hier eine Ziffer zeichnen',
    hintSub: 'mit Maus, Finger oder Stift',
    keys: 'Pfeiltasten bewegen auf einem Raster von 28 × 28. Leertaste senkt und hebt den Stift. Rücktaste macht rückgängig, Entf leert.',
    cursor: (f, row, column, down) =>
      `Zeile ${f.int(row)}, Spalte ${f.int(column)}, Stift ${down ? 'unten' : 'oben'}`,
    undo: 'Zurück',
    clear: 'Leeren',
    pen: (pen) => `Strich: ${pen}`,
    pens: { thin: 'dünn', medium: 'mittel', thick: 'dick' },
    penHint:
      'Wie dick die Linien im Bild des Netzes sind, gleich wie groß gezeichnet wird. Mittel ist MNISTs eigene Dicke.',
    picture: 'Bild …',
    pictureHint: 'PNG, JPEG oder BMP; auch Einfügen und Ablegen',
    blank: 'Auf diesem Bild ist keine Ziffer.',
    others: {
      left: 'Auf diesem Bild ist mehr als eine Ziffer. Gelesen wurde die linke.',
      right: 'Auf diesem Bild ist mehr als eine Ziffer. Gelesen wurde die rechte.',
      top: 'Auf diesem Bild ist mehr als eine Ziffer. Gelesen wurde die obere.',
      bottom: 'Auf diesem Bild ist mehr als eine Ziffer. Gelesen wurde die untere.',
      many: 'Auf diesem Bild sind mehrere Ziffern. Gelesen wurde die mit der meisten Tinte.',
    },
    next: 'Nächste Testziffer',
    fromTest: (f, index) => `Testziffer Nr. ${f.int(index + 1)}`,
    label: 'Etikett',
    right: 'richtig gelesen',
    wrong: 'falsch gelesen',
    steps: {
      ink: ['Tinte', 'Was gezeichnet wurde, so wie es gezeichnet wurde.'],
      box: [
        'Rahmen',
        'Der kleinste Rahmen um die Tinte. Ort und Größe der Zeichnung spielen keine Rolle mehr.',
      ],
      fit: [
        '20×20',
        'Der Rahmen, auf 20 × 20 Pixel verkleinert. Die Proportionen bleiben, die Ränder werden grau.',
      ],
      centre: ['Mitte', 'Der Schwerpunkt der Tinte rückt in die Mitte.'],
      image: ['28×28', 'Was das Netz bekommt: 784 Zahlen, hergestellt wie die Ziffern von MNIST.'],
    },
    stripLabel: 'Von der Tinte zur Eingabe des Netzes',
    verdict: {
      sure: 'Das ist eine',
      likely: 'Wohl eine',
      perhaps: 'Vielleicht eine',
      or: 'oder eine',
      none: 'Noch nichts gezeichnet',
      unreadable: 'Keine Antwort: Die Ausgaben des Netzes sind keine Zahlen (NaN).',
      loading: 'Das Netz wird geladen …',
      untrained: 'Noch nicht trainiert: Es kann nur raten.',
      unseen: 'Erst trainieren: Dieses Netz hat diese Bilder noch nie gesehen.',
      pretrained:
        'Gelesen von einem Netz, das vorher mit MNIST allein trainiert wurde. „Trainieren“ beginnt mit einem, das nichts weiß.',
      pens: 'Gelesen von einem Netz, das vorher mit MNIST und den Stiften anderer Leute trainiert wurde. „Trainieren“ beginnt mit einem, das nichts weiß, und lernt aus MNIST allein.',
    },
    bars: {
      probabilities: 'Wahrscheinlichkeit jeder Ziffer',
      separate: 'Eigene Wahrscheinlichkeit jeder Ziffer (Sigmoid)',
      logits: 'Softmax der Logits jeder Ziffer',
    },
    outputs: {
      separate:
        'Die letzte Schicht ist ein Sigmoid: Jede Klasse hat ihre eigene Wahrscheinlichkeit, zusammen müssen sie nicht 100 % ergeben.',
      logits:
        'Die letzte Schicht gibt Logits aus, keine Wahrscheinlichkeiten. Gezeigt ist der Softmax der Logits.',
    },
    bar: (f, name, p) => `${name}: ${f.percent(p, 1)}`,
  },

  train: {
    title: 'Training',
    train: 'Trainieren',
    pause: 'Pause',
    resume: 'Weiter',
    again: 'Neu trainieren',
    anew: 'Neu trainieren',
    anewHint:
      'Mit den zufälligen Gewichten des Startwerts; was die Datei gelernt hat, geht verloren',
    on: 'Weiter trainieren',
    onHint: (f, epochs) =>
      epochs === 1
        ? 'Eine weitere Epoche mit den jetzigen Gewichten, wie ein zweites fit in Keras'
        : `${f.int(epochs)} weitere Epochen mit den jetzigen Gewichten, wie ein zweites fit in Keras`,
    loadingButton: 'Lädt …',
    step: 'Schritt',
    stepHint: 'Ein Batch, dann Pause',
    stop: 'Stopp',
    reset: 'Von vorn',
    resetHint: 'Zurück zum untrainierten Netz mit demselben Startwert',
    idle: (f, train, val) =>
      `Lernt aus ${f.int(train)} Ziffern und prüft sich an ${f.int(val)} anderen.`,
    loadingData: (f, share, own) => `${own ?? 'MNIST'} wird geladen: ${f.percent(share, 0)}`,
    idleAtMost: (f, train, val) =>
      `Lernt aus höchstens ${f.int(train)} Ziffern und prüft sich an höchstens ${f.int(val)} anderen.`,
    loadingMb: (f, loaded, total) =>
      `${f.fixed(loaded / 1e6, 1)} von ${f.fixed(total / 1e6, 1)} MB`,
    training: (f, epoch, epochs) => `Epoche ${f.int(epoch)} von ${f.int(epochs)}`,
    left: (time) => `noch etwa ${time}`,
    atMost: (time) => `höchstens noch ${time}`,
    pausedAt: (f, epoch, step) => `Pause in Epoche ${f.int(epoch)}, Schritt ${f.int(step)}.`,
    evaluating: (f, total) =>
      total === null
        ? 'Die Testziffern werden gelesen …'
        : `Die ${f.int(total)} Testziffern werden gelesen …`,
    stoppedByUser: (f, epoch) => `Von Hand gestoppt in Epoche ${f.int(epoch)}.`,
    early: (f, patience) =>
      patience === 1
        ? 'Vorzeitig beendet: Der Validierungsverlust ist seit 1 Epoche nicht besser geworden.'
        : `Vorzeitig beendet: Der Validierungsverlust ist seit ${f.int(patience)} Epochen nicht besser geworden.`,
    complete: (f, epochs) =>
      epochs === 1 ? 'Die eine Epoche ist fertig.' : `Alle ${f.int(epochs)} Epochen sind fertig.`,
    bestKept: (f, epoch) => `Beste Gewichte behalten (Epoche ${f.int(epoch)}).`,
    announce: (f, epoch, accuracy, valAccuracy) =>
      valAccuracy
        ? `Epoche ${f.int(epoch)}: Genauigkeit ${accuracy}, Validierung ${valAccuracy}.`
        : `Epoche ${f.int(epoch)}: Genauigkeit ${accuracy}.`,
    announceTest: (accuracy, margin) => `Testgenauigkeit ${accuracy}, plus oder minus ${margin}.`,
    progress: 'Fortschritt des Trainings',
    dataProgress: 'Laden der Daten',
    figures: {
      test: 'Testgenauigkeit',
      testHint: (f, low, high) =>
        `95-%-Intervall (Wilson) von ${f.fixed(low, 4)} bis ${f.fixed(high, 4)}`,
      testPending: 'nach dem Training',
      epochs: 'Epochen',
      of: (f, n) => `von ${f.int(n)}`,
      speed: 'Tempo',
      imagesPerSecond: 'Bilder/s',
      time: 'Zeit',
    },
  },

  offer: {
    title: 'Ein Training wurde unterbrochen',
    run: (f, model, epoch, epochs) =>
      `${model}, nach Epoche ${f.int(epoch)} von ${f.int(epochs)}. Es kann weitergehen, als wäre nichts gewesen.`,
    best: (f, accuracy, epoch) =>
      `Beste Validierungsgenauigkeit bisher: ${f.fixed(accuracy, 4)} (Epoche ${f.int(epoch)}).`,
    resume: 'Training fortsetzen',
    discard: 'Verwerfen',
    lastTitle: 'Ihr letztes Modell',
    open: 'Öffnen',
    forget: 'Vergessen',
    runNotKept:
      'Der Speicher dieses Browsers ist voll: Nach einem Neuladen kann dieses Training nicht weitergehen.',
    keptUntil: (f, epoch) =>
      `Der Speicher dieses Browsers ist voll: Nach einem Neuladen kann dieses Training nur von Epoche ${f.int(epoch)} an weitergehen.`,
    modelNotKept:
      'Der Speicher dieses Browsers ist voll: Nach einem Neuladen ist dieses Modell weg. Als Datei gespeichert bleibt es.',
  },

  charts: {
    loss: 'Verlust',
    accuracy: 'Genauigkeit',
    training: 'Training',
    validation: 'Validierung',
    epoch: 'Epoche',
    step: 'Schritt',
    trainedOn: 'ab hier weiter trainiert',
    byEpoch: 'je Epoche',
    byStep: 'je Schritt',
    view: 'Ansicht der Kurven',
    table: 'Tabelle',
    csv: 'CSV',
    csvHint: 'Die Zahlen als CSV herunterladen',
    png: 'PNG',
    pngHint: 'Die Kurven als Bild herunterladen',
    log: 'log',
    logHint: 'Logarithmische Achse für den Verlust',
    best: (f, epoch) => `beste, Epoche ${f.int(epoch)}`,
    empty: 'Hier erscheinen die Kurven, während es lernt.',
    summary: (what, points, last) =>
      `${what}: ${points} Punkte, letzter Wert ${last}. Die Zahlen stehen in der Tabelle.`,
    tableCaption: 'Verlust und Genauigkeit je Epoche',
    tableCaptionStep: 'Verlust und Genauigkeit je Schritt',
  },

  sees: {
    title: 'Was es sieht',
    titleIn: (name) => `Was es in dieser ${name} sieht`,
    sub: (f, n) => `${f.int(n)} Filter, worauf jeder anspricht und was das Pooling behält`,
    subNoPool: (f, n) => `${f.int(n)} Filter und worauf jeder anspricht`,
    softmax: 'Für jede Ziffer das Gewicht jedes Pixels: Blau spricht dafür, Orange dagegen',
    filter: 'Filter',
    noDigit: 'Eine Ziffer zeichnen, um zu sehen, was die Filter darin finden.',
    cell: (row, n) => `${row}, Filter ${n}`,
    weightsOf: (name) => `Gewichte von ${name}`,
  },

  model: {
    title: 'Modell',
    input: 'Eingabe',
    params: (f, n) => `${f.int(n)} Param.`,
    parameters: 'Parameter',
    filters: (f, n) => `${f.int(n)} Filter`,
    units: (f, n) => (n === 1 ? '1 Einheit' : `${f.int(n)} Einheiten`),
    frozen: 'wird nicht trainiert',
    code: {
      page: 'dem Code der Seite',
      read: (name) => `Gelesen aus ${name}. Nichts davon wurde ausgeführt.`,
      models: (f, n) => `${f.int(n)} Modelle; genommen:`,
      cell: (f, n) => `Zelle ${f.int(n)}`,
      show: 'Als Code bearbeiten',
      label: 'Das Modell als Keras-Code',
      leave: 'Karten und Code zeigen dasselbe Modell. Escape, dann Tab verlässt den Code.',
      lastGood: 'Bis es stimmt, bleibt das letzte gute Modell.',
      line: (f, n) => `Zeile ${f.int(n)}`,
      skipped: (f, n) =>
        n === 1
          ? '1 Zeile, von der nichts abhängt'
          : `${f.int(n)} Zeilen, von denen nichts abhängt`,
    },
    notKept: {
      title: 'Aus der Datei nicht übernommen:',
      initializer: (layer, name) =>
        `der Initialisierer ${name} von ${layer}; beim Zurücksetzen gilt der in Keras übliche`,
      optimizer: (_, name) => `der Optimierer ${name}, den es hier nicht gibt`,
      loss: (_, name) => `die Verlustfunktion ${name}; hier gilt die kategoriale Kreuzentropie`,
      setting: (_, name) => `${name}; trainiert wird ohne`,
      optimizer_state: (_, name) => `der Stand des Optimierers ${name}; er beginnt von vorn`,
    },
    rate: (f, p) => `lässt beim Training ${f.percent(p, 0)} weg`,
    stride: (s) => `Schrittweite ${s}`,
    dilation: (s) => `gedehnt ${s}`,
    groups: (f, n) => `${f.int(n)} Gruppen`,
    perChannel: (f, n) => `${f.int(n)} je Kanal`,
    summary: 'Übersicht',
    keras: 'dieses Modell in Keras',
    summaryTitle: 'Übersicht',
    kerasTitle: 'In Keras',
    copy: 'Kopieren',
    copied: 'Kopiert',
    close: 'Schließen',
    locked: 'Änderungen gelten ab dem nächsten Training.',
    addLayer: 'Schicht',
    addTitle: 'Schicht hinzufügen',
    removeShort: 'Entfernen',
    remove: (name) => `${name} entfernen`,
    edit: (name) => `${name} bearbeiten`,
    grip: (name, i, n) => `${name}, Platz ${i} von ${n}. Pfeiltasten verschieben.`,
    moved: (name, i, n) => `${name} ist jetzt auf Platz ${i} von ${n}.`,
    undo: 'Rückgängig',
    done: 'Fertig',
    layerList: 'Schichten',
    fields: {
      filters: 'Filter',
      kernelSize: 'Kern',
      strides: 'Schrittweite',
      padding: 'Rand',
      activation: 'Aktivierung',
      poolSize: 'Fenster',
      depthMultiplier: 'Filter je Kanal',
      units: 'Einheiten',
      rate: 'Anteil',
      factor: 'Faktor',
      heightFactor: 'Höhe',
      widthFactor: 'Breite',
      mode: 'Spiegeln',
      fillMode: 'Jenseits des Rands',
      rotationRange: 'Drehung °',
      widthShiftRange: 'Breite, Versatz',
      heightShiftRange: 'Höhe, Versatz',
      shearRange: 'Scherung °',
      zoomRange: 'Zoom',
      cropping: 'Zuschnitt',
      size: 'Faktor',
      interpolation: 'Interpolation',
      stddev: 'Abweichung',
      negativeSlope: 'Steigung unter 0',
    },
    settings: {
      title: 'Einstellungen des Trainings',
      optimizer: 'Optimierer',
      learningRate: 'Lernrate',
      momentum: 'Impuls',
      nesterov: 'Impuls nach Nesterov',
      rho: 'Rho',
      beta1: 'Beta 1',
      beta2: 'Beta 2',
      batchSize: 'Batchgröße',
      epochs: 'Epochen',
      validationSplit: 'Validierungsanteil',
      patience: 'Geduld',
      seed: 'Startwert',
      threads: 'Threads',
      trainCount: 'Trainingsbilder',
      earlyStopping: 'Vorzeitig beenden',
      checkpoint: 'Beste Gewichte behalten',
    },
    hints: {
      optimizer: 'Wie aus einem Gradienten eine Änderung der Gewichte wird',
      learningRate: 'Wie groß ein Schritt ist',
      momentum: 'Anteil des letzten Schritts, den der nächste behält',
      nesterov: 'Der Gradient zählt dort, wohin der Impuls führt; braucht einen Impuls über 0',
      rho: 'Wie lange quadrierte Gradienten erinnert werden',
      beta1: 'Wie lange Gradienten erinnert werden',
      beta2: 'Wie lange quadrierte Gradienten erinnert werden',
      batchSize: 'Ziffern je Schritt',
      epochs: 'Durchgänge durch die Trainingsziffern, höchstens',
      validationSplit: 'Anteil der Ziffern, der zur Prüfung zurückgehalten wird',
      patience: 'Epochen ohne besseren Validierungsverlust bis zum Ende',
      seed: 'Derselbe Startwert gibt denselben Lauf, bis aufs letzte Bit',
      threads: 'Prozessorkerne; das Ergebnis hängt nicht davon ab',
      checkpoint: 'Nach dem Training die Gewichte der Epoche mit dem kleinsten Validierungsverlust',
    },
    trainCountHint: (f, total) =>
      total === null
        ? 'Wie viele der Trainingsziffern verwendet werden'
        : `Wie viele der ${f.int(total)} Ziffern verwendet werden`,
    autoThreads: (f, n) => `auto (${f.int(n)})`,
    notTaken: (typed, advice) => `„${typed}“ geht hier nicht: möglich ist ${advice}.`,
    invalid: (f, min, max) => `eine Zahl von ${f.plain(min)} bis ${f.plain(max)}`,
    invalidInt: (f, min, max) => `eine ganze Zahl von ${f.plain(min)} bis ${f.plain(max)}`,
  },

  tabs: {
    label: 'Genauer hinsehen',
    mistakes: 'Fehler',
    inside: 'Innen',
    explain: 'Erklärung',
    compare: 'Vergleich',
    robustness: 'Robustheit',
    digits: 'Ihre Ziffern',
    files: 'Dateien',
  },

  mistakes: {
    title: (f, wrong, total) =>
      wrong === 1
        ? `1 von ${f.int(total)} Testziffern ist falsch gelesen`
        : `${f.int(wrong)} von ${f.int(total)} Testziffern sind falsch gelesen`,
    empty:
      'Das Netz trainieren oder das geladene die Testziffern lesen lassen, um zu sehen, was es falsch liest.',
    read: 'Testziffern lesen',
    reading: 'Die Testziffern werden gelesen …',
    rows: 'wahre Ziffer',
    columns: 'gelesen als',
    rates: 'Anteil',
    cell: (shown, truth, read) => `${shown}: ${truth} gelesen als ${read}`,
    all: 'Alle falsch gelesenen Ziffern',
    pair: (truth, read) => `${truth} gelesen als ${read}`,
    correct: (name) => `${name} richtig gelesen`,
    surest: (f, n) => `${f.int(n)}, die sichersten zuerst`,
    none: 'Keine.',
    toPad: (index) => `Testziffer Nr. ${index + 1} auf die Zeichenfläche`,
    more: (f, n) => `${f.int(n)} weitere zeigen`,
    top: (f, k) => `Top-${f.int(k)}-Genauigkeit`,
    topHint: 'Top-k: Die wahre Ziffer ist unter den k, die das Netz am ehesten vermutet.',
    perClass: 'Je Ziffer',
    className: 'Ziffer',
    precision: 'Präzision',
    recall: 'Trefferquote',
    f1: 'F1',
    matrix: 'Konfusionsmatrix der Testziffern',
  },

  inside: {
    empty: 'Eine Ziffer zeichnen oder eine Testziffer nehmen, um hineinzusehen.',
    output: (shape) => `Ausgabe ${shape}`,
    weights: 'Gewichte jeder Ziffer',
    weightsSub: 'Blau: Tinte hier spricht für die Ziffer, Orange: dagegen',
    saliency: 'Salienz',
    saliencySub: (name) => `welche Pixel für das Lesen einer ${name} am meisten zählen`,
    occlusion: 'Verdeckung',
    occlusionSub: (f, side, name, whole, lowest) =>
      `ein Stück Papier von ${side} × ${side} Pixeln wandert über die Ziffer; Blau: Wird diese Stelle verdeckt, sinkt die Wahrscheinlichkeit der ${name} (von ${f.percent(whole, 1)} bis auf ${f.percent(lowest, 1)}), Orange: sie steigt`,
    kernels: 'Filter',
    kernelsSub: (f, inputs) =>
      inputs > 1
        ? `je das Mittel über ${f.int(inputs)} Eingangskanäle`
        : 'Blau positiv, Orange negativ',
    input: 'Eingabe',
    none: 'Diese Schicht hat kein eigenes Bild.',
  },

  lecture: {
    title: 'Die Vorlesung',
    start: 'Alle drei Vorlagen trainieren',
    again: 'Noch einmal alle drei',
    sub: 'Softmax-Regression, einfaches CNN und CNN mit zwei Faltungen, nacheinander mit den Einstellungen der Vorlesung. Startwert, Threads und Zahl der Bilder wie oben eingestellt.',
    expected: (time) => `Etwa ${time} auf diesem Rechner.`,
    unmeasured: 'Die ersten beiden dauern Sekunden, das letzte einige Minuten.',
    now: (f, n, all, name) => `${f.int(n)} von ${f.int(all)}: ${name}`,
    left: (time) => `insgesamt noch etwa ${time}`,
    skip: 'Dieses überspringen',
    stop: 'Vorlesung beenden',
    resume: (name) => `Weiter mit: ${name}`,
    waiting: 'kommt noch',
    short: 'vorzeitig beendet',
    skipped: 'ausgelassen',
    progress: (name) => `Fortschritt: ${name}`,
    misread: (f, n, total) => `liest ${f.int(n)} von ${f.int(total)} falsch`,
  },

  compare: {
    empty: 'Hier steht jedes beendete Training, damit sich zwei vergleichen lassen.',
    table: 'Beendete Läufe',
    run: 'Lauf',
    model: 'Modell',
    settings: 'Einstellungen',
    test: 'Testgenauigkeit',
    params: 'Parameter',
    time: 'Zeit',
    epochs: 'Epochen',
    on: (f, epoch) => `nach Epoche ${f.int(epoch)} weiter trainiert`,
    live: (name) => `${name}, im Training`,
    remove: (name) => `${name} entfernen`,
    mcnemar: 'McNemar-Test',
    between: 'zwischen',
    and: 'und',
    onlyA: (f, n, name) => `${f.int(n)} Ziffern liest nur ${name} richtig`,
    difference: (p) => `Wären beide gleich gut, wäre ein so großer Unterschied selten (${p}).`,
    noDifference: (p) =>
      `An diesen Ziffern lässt sich kein Unterschied zwischen den beiden erkennen (${p}).`,
    needTwo:
      'Ein zweites Mal trainieren, mit anderem Modell oder anderer Einstellung, um zu vergleichen.',
    curves: 'Validierungsgenauigkeit je Epoche',
  },

  digits: {
    about:
      'Das Netz liest Sie schlecht, wenn niemand wie Sie in seinen Daten war. Zeichnen Sie Ziffern, sagen Sie, welche es sind, lassen Sie es daraus lernen, und es liest Sie. Sie bleiben in diesem Browser; nichts wird gesendet.',
    write: 'Schreiben Sie:',
    label: 'Das Gezeichnete ist eine',
    labelHint:
      'Zeichnen, dann hier oder auf der Tastatur die Ziffer drücken: Sie wird behalten, und die Fläche ist frei für die nächste.',
    isA: (digit, count) => `Es ist eine ${digit} (${count} behalten)`,
    ask: (each) => `Je ${each} abfragen`,
    stopAsking: 'Genug',
    kept: (digit, count) => `${digit} ist behalten; ${count} insgesamt.`,
    mix: 'Unter den Trainingsbildern jede',
    times: (n) => (n === 0 ? 'gar nicht' : n === 1 ? 'einmal' : `${n}-mal`),
    test: 'Das Netz an Ihren Ziffern testen',
    read: (right, count) => `${right} von ${count} richtig gelesen`,
    interval: (range) => `95-%-Intervall ${range}`,
    mnist: (share) => `MNISTs Testziffern: ${share}`,
    writers: 'Wer wie gut gelesen wird, die schlechtesten zuerst',
    here: 'hier gezeichnet',
    sheet: (count) => `Behaltene Ziffern: ${count}`,
    sheetHint: 'Drücken nimmt eine weg.',
    showAll: (count) => `Alle ${count} zeigen`,
    takeAway: (digit) => `Diese ${digit} wegnehmen`,
    open: 'Dateien mit Ziffern dazunehmen …',
    save: 'Als Datei speichern',
    saveIdx: 'Als IDX speichern',
    clear: 'Alle löschen',
    clearAll: (count) => `Alle ${count} Ziffern aus diesem Browser löschen?`,
  },

  files: {
    save: 'Modell speichern',
    saveSub: 'als Datei, die Keras oder ein anderes Programm öffnet',
    load: 'Modell laden',
    loadSub:
      'eine Datei, die hier oder von Keras gespeichert wurde, oder ein Keras-Skript oder -Notebook (.py, .ipynb); sie lässt sich auch irgendwo auf dem Labor ablegen',
    choose: 'Datei wählen …',
    history: 'Verlauf als CSV',
    formats: {
      keras: 'Keras (.keras)',
      h5: 'Keras 2 (.h5)',
      tfjs: 'TensorFlow.js',
      onnx: 'ONNX',
    },
    reading: (name: string) => `${name} wird gelesen …`,
    stopReading: 'Lesen abbrechen',
    loaded: (name) => `${name} ist geladen.`,
    dropHere: 'Bild oder Modell hier ablegen',
  },

  goal: {
    title: 'Ziel',
    none: 'Trainieren Sie das Netz, um zu sehen, wie weit es kommt.',
    reached: 'Erreicht: Alle Bedingungen sind erfüllt.',
    score: (f, met, all) => `${f.int(met)} von ${f.int(all)} erfüllt`,
    met: 'erfüllt',
    unmet: 'nicht erfüllt',
    open: 'noch nicht gemessen',
    measures: {
      'test-accuracy': 'Testgenauigkeit',
      'test-loss': 'Testverlust',
      misread: 'falsch gelesene Testbilder',
      accuracy: 'Trainingsgenauigkeit',
      'val-accuracy': 'Validierungsgenauigkeit',
      loss: 'Trainingsverlust',
      'val-loss': 'Validierungsverlust',
      parameters: 'Parameter',
      layers: 'Schichten',
      epochs: 'Epochen',
      'train-count': 'Trainingsbilder',
    },
    passport: 'Ergebnispass …',
  },
  passport: {
    title: 'Ergebnispass',
    about:
      'Eine kleine Datei für die Lehrkraft: Modell, Einstellungen, Kurven und ein Fingerabdruck der Gewichte. Wer will, trainiert sie nach und sieht, ob sie stimmt. Der Name ergibt den Seed, also gehört der Lauf Ihnen allein.',
    student: 'Ihr Name oder Ihre Nummer',
    save: 'Pass speichern',
    train: 'Mit meinem Seed trainieren',
    ready: 'Dieses Training ist Ihres. Speichern Sie den Pass und geben Sie ihn ab.',
    lacks: {
      name: 'Sagen Sie zuerst, wer Sie sind.',
      data: 'Pässe gibt es nur für MNIST: Andere Bilder wären beim Prüfen nicht da.',
      training: 'Trainieren Sie zuerst mit Ihrem Seed.',
      past: 'Das letzte Training setzte ein früheres fort. Prüfen lässt sich nur eines, das von vorn beginnt.',
      stopped:
        'Das letzte Training wurde von Hand beendet. Prüfen lässt sich nur eines, das von selbst endet.',
      seed: 'Das letzte Training hatte einen anderen Seed als Ihren. Trainieren Sie noch einmal, mit Ihrem.',
    },
    desk: {
      check: 'Ergebnispässe prüfen',
      collect: 'Ergebnispässe einsammeln',
      checkAbout:
        'Jeder Pass wird in diesem Tab nachtrainiert. Er stimmt, wenn Kurven, Testergebnis und Gewichte bis aufs letzte Bit gleich sind.',
      collectAbout:
        'Die Dateien einer Klasse in einer Tabelle. Nichts verlässt dieses Gerät. Veränderte Dateien werden hier abgelehnt; ob ein Pass stimmt, zeigt das Nachtrainieren.',
      files: 'Pässe (Dateien)',
      drop: 'Wählen Sie die Dateien oder legen Sie sie hier ab.',
      checkAll: 'Alle nachtrainieren',
      stop: 'Stopp',
      csv: 'Als CSV speichern',
      columns: {
        file: 'Datei',
        student: 'Name oder Nummer',
        score: 'Punkte',
        accuracy: 'Testgenauigkeit',
        misread: 'Falsch gelesen',
        parameters: 'Parameter',
        epochs: 'Epochen',
        finished: 'Fertig',
        seed: 'Seed',
        weights: 'Gewichte',
        goal: 'Ziel',
        verdict: 'Urteil',
      },
      waits: 'noch nicht nachtrainiert',
      trains: (f, done, of) => `trainiert: Epoche ${f.int(done)} von ${f.int(of)}`,
      isTrue: 'Stimmt: gleich bis aufs letzte Bit.',
      isNot: (what) => `Stimmt nicht. Das Training ergibt anderes: ${what}.`,
      failed: (message) => `Ließ sich nicht nachtrainieren: ${message}`,
      twice: 'Dieselben Gewichte kamen zweimal.',
      plot: 'Testgenauigkeit nach Parametern',
    },
    refused: {
      none: 'Das ist kein Ergebnispass.',
      newer: 'Diesen Pass hat eine neuere Version geschrieben.',
      altered: 'Abgelehnt: Die Datei wurde nach dem Speichern verändert.',
      seed: 'Abgelehnt: Der Seed gehört nicht zu diesem Namen.',
    },
  },

  about: {
    button: 'Über dieses Programm',
    licence: 'MIT-Lizenz: benutzen, ändern und weitergeben, auch in bezahlten Kursen.',
    cite: 'Zum Zitieren: CITATION.cff im Quelltext.',
    data: 'Woher die Handschriften kommen',
    mnist:
      'Yann LeCun, Corinna Cortes und Christopher J. C. Burges, aus Formularen, die das NIST gesammelt hat. Creative Commons Namensnennung – Weitergabe unter gleichen Bedingungen 3.0. Die fertigen Modelle haben daraus gelernt.',
    unipen:
      'Isabelle Guyon, Lambert Schomaker, Réjean Plamondon und andere. Der Stift ist daran gemessen; nichts davon ist in diesen Dateien.',
    pendigits:
      'Ethem Alpaydın und Fevzi Alimoğlu, UCI Machine Learning Repository. Creative Commons Namensnennung 4.0. Gezeichnetes zum Messen; nichts davon ist in diesen Dateien.',
    works: 'Woraus es gemacht ist',
    own: 'Die Lizenz',
    others: 'Bibliotheken und ihre Lizenzen',
  },

  embed: {
    button: 'Einbetten',
    title: 'Dieses Labor in eine Seite setzen',
    asSetUp: 'Modell und Einstellungen gelten, wie sie jetzt im Labor sind.',
    panels: 'Bereiche',
    panelNames: {
      bar: 'Leiste',
      draw: 'Zeichnen',
      train: 'Trainieren',
      model: 'Modell',
      mistakes: 'Fehler',
      inside: 'Innenansicht',
      compare: 'Vergleich',
      files: 'Dateien',
    } as Record<string, string>,
    task: 'Eine Aufgabe über den Bereichen',
    asPage: 'wie die Seite',
    more: 'Weiteres',
    lockModel: 'Modell nicht änderbar',
    lockSettings: 'Einstellungen nicht änderbar',
    eager: 'Sofort starten, nicht erst beim Hinsehen',
    fingerprint: 'Die Zeile nimmt nur diese Version des Skripts (integrity)',
    fingerprintHint:
      'Liegt dort später eine andere Version, lädt das Labor nicht: dann die Zeilen neu kopieren.',
    preview: 'So wird es aussehen',
    code: 'Zeilen zum Einfügen',
    forms: {
      element: 'HTML-Tag',
      frame: 'iframe',
      markdown: 'Markdown',
      myst: 'MyST',
      quarto: 'Quarto',
    },
    hints: {
      element: 'Für Seiten, die Skripte laden dürfen. Kostet 14 KB, bis jemand dorthin scrollt.',
      frame:
        'Für Moodle und andere Seiten ohne Skripte. Mit Skripten kann der Rahmen mit dem Inhalt wachsen: siehe Dokumentation.',
      markdown: 'Für Markdown, das HTML durchlässt.',
      myst: 'Für Jupyter Book und Sphinx.',
      quarto: 'Für Dokumente, Folien und Websites mit Quarto.',
    },
    folder: 'Ordner für offline herunterladen',
    packing: (percent: string) => `Packt: ${percent}`,
    folderHint:
      'Alles in einem Zip: auf einem beliebigen Webserver, etwa dem des Kurses, entpacken und dort index.html öffnen.',
    examples: 'Beispiele für Kursseiten',
  },

  errors: {
    title: 'Das hat nicht geklappt',
    retry: 'Noch einmal versuchen',
    dismiss: 'Schließen',
    reset: 'Zurücksetzen',
    offline: 'Steht die Verbindung?',
    noModel: 'Ohne es eines trainieren: „Trainieren“ drücken.',
    picture: 'Lesbar sind PNG, JPEG und BMP.',
    file: 'Das Modell bleibt, wie es war. Geöffnet werden Dateien von Keras (.keras, .h5) und TensorFlow.js sowie Keras-Skripte (.py, .ipynb), für Ziffern von 28 × 28 Pixeln.',
    worker:
      'Was es in diesem Training gelernt hat, ist verloren; Einstellungen, Zeichnung und beendete Läufe sind noch da.',
    diverged:
      'Der Verlust wurde unendlich: Die Schritte waren so groß, dass das Netz über das Ziel hinausschoss und seine Zahlen zu groß für den Rechner wurden. Dagegen hilft eine kleinere Lernrate.',
    untrained: 'Das Netz ist wieder untrainiert.',
    asBefore: 'Das Netz ist so wie vorher.',
    usual: 'Mit den üblichen Einstellungen trainieren',
    dataTitle: (own) => `${own ?? 'MNIST'} konnte nicht geladen werden`,
    modelTitle: 'Das Netz konnte nicht geladen werden',
    trainTitle: 'Das Training wurde abgebrochen',
    pictureTitle: 'Dieses Bild ließ sich nicht lesen',
    fileTitle: 'Diese Modelldatei ließ sich nicht öffnen',
    workerTitle: 'Das Programm im Hintergrund ist beendet',
    restart: 'Neu starten',
    entryTitle: 'Das Training kann noch nicht beginnen',
    partTitle: 'Ein Teil des Labors konnte nicht geladen werden',
    entry: 'Was in einem Feld steht, geht nicht. Das Feld sagt, was möglich ist.',
  },

  units: { second: 's' },
};
