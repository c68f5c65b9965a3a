// Ten lines that train: what every bundler has to understand.
import { configure, loadMnist, presets } from 'ziffer';

configure({ dataUrl: 'ziffer/data/mnist/', modelsUrl: 'ziffer/models/' });
const { train, test } = await loadMnist({ trainCount: 2000 });
const model = presets['softmax-regression']();
await model.fit(train, { batchSize: 100, epochs: 3, threads: 2 });
const { accuracy } = await model.evaluate(test);
document.body.append(document.createElement('ziffer-lab'));
document.title = `accuracy ${accuracy}`;
