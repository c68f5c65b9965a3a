import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { configure } from 'ziffer';
import 'ziffer/element';

configure({ dataUrl: 'ziffer/data/mnist/', modelsUrl: 'ziffer/models/' });

function Lab() {
  const [accuracy, setAccuracy] = useState('none yet');
  return (
    <>
      <h1>accuracy {accuracy}</h1>
      <ziffer-lab
        preset="softmax-regression"
        panels="train"
        epochs={1}
        trainCount={1000}
        onziffer-trained={(event) => setAccuracy(event.detail.test.accuracy)}
      />
    </>
  );
}

createRoot(document.querySelector('#app')).render(<Lab />);
