// Says what to do where the lab's own scripts cannot: opened as a file, in a browser that is too old, or when they do not arrive. A classic
// script in the language of 2009 (ES5), since it has to run where they do not. The oldest versions are those of tests/web/oldest_browsers.test.ts.
(function () {
  var german = /^de\b/i.test(navigator.language || '');
  var OLDEST = german
    ? 'Chrome und Edge ab 111, Firefox ab 121, Safari ab 16.4 (iPhone und iPad: iOS 16.4)'
    : 'Chrome and Edge from 111, Firefox from 121, Safari from 16.4 (iPhone and iPad: iOS 16.4)';
  var TEXTS = german
    ? {
        file: [
          'Diese Seite wurde als Datei geöffnet',
          'Browser führen Ziffer nur von einem Webserver aus. Legen Sie den ganzen Ordner auf irgendeinen, etwa den Ihres Kurses. Oder rufen Sie in diesem Ordner python3 -m http.server auf, und öffnen Sie http://localhost:8000/ im Browser.',
        ],
        old: [
          'Dieser Browser ist zu alt für Ziffer',
          'Es braucht ' +
            OLDEST +
            '. Aktualisieren Sie den Browser, oder öffnen Sie diese Seite in einem anderen. Ist der Browser neu, so halten ihn vielleicht der Blockierungsmodus (Apple) oder die erhöhte Sicherheit von Edge zurück: Nehmen Sie diese Seite davon aus.',
        ],
        broken: [
          'Ziffer konnte nicht geladen werden',
          'Besteht eine Verbindung? Laden Sie die Seite neu. Hilft das nicht, so fehlt dem Server eine Datei, oder der Browser ist zu alt: Es braucht ' +
            OLDEST +
            '.',
        ],
      }
    : {
        file: [
          'This page was opened as a file',
          'Browsers run Ziffer only from a web server. Put the whole folder on any, such as your course’s. Or call python3 -m http.server in this folder, and open http://localhost:8000/ in the browser.',
        ],
        old: [
          'This browser is too old for Ziffer',
          'It needs ' +
            OLDEST +
            '. Update the browser, or open this page in another one. If the browser is new, Lockdown Mode (Apple) or Edge’s enhanced security may hold it back: make an exception for this page.',
        ],
        broken: [
          'Ziffer could not be loaded',
          'Is the connection up? Load the page again. If that does not help, a file is missing on the server, or the browser is too old: it needs ' +
            OLDEST +
            '.',
        ],
      };

  function show(what) {
    if (document.querySelector('.ziffer-cannot')) return;
    var box = document.createElement('div');
    box.className = 'ziffer-cannot';
    box.setAttribute('role', 'alert');
    box.lang = german ? 'de' : 'en';
    box.style.cssText =
      'max-width:36em;margin:8vh auto;padding:0 16px;font:17px/1.5 system-ui,sans-serif';
    var title = document.createElement('strong');
    title.appendChild(document.createTextNode(TEXTS[what][0]));
    var text = document.createElement('p');
    text.appendChild(document.createTextNode(TEXTS[what][1]));
    box.appendChild(title);
    box.appendChild(text);
    document.body.insertBefore(box, document.body.firstChild);
  }

  /** What the scripts use and cannot do without. */
  function isOld() {
    return !(
      'noModule' in document.createElement('script') &&
      window.customElements &&
      window.structuredClone &&
      window.DecompressionStream &&
      window.ResizeObserver &&
      window.AbortController &&
      AbortSignal.prototype.throwIfAborted &&
      Object.hasOwn &&
      Array.prototype.at &&
      Array.prototype.findLast &&
      String.prototype.replaceAll
    );
  }

  function isThere() {
    return window.customElements && customElements.get('ziffer-lab');
  }

  // Modules run after this script; one that does not parse, or does not arrive, is an error of the window.
  window.addEventListener(
    'error',
    function (event) {
      var script = event.target && event.target.tagName === 'SCRIPT';
      if ((script || event.filename) && !isThere()) show(isOld() ? 'old' : 'broken');
    },
    true
  );
  if (location.protocol === 'file:') show('file');
  else if (isOld()) show('old');
})();
