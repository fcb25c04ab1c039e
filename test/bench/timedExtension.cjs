// Stands in for dist/extension.js in the copy of the extension that loadTime.ts runs: the same, with a clock.
const started = performance.now();
const extension = require('./dist/extension.js');
const load = performance.now() - started;

exports.activate = async (context) => {
  const called = performance.now();
  const api = extension.activate(context);
  const activate = performance.now() - called;
  await api;
  return { load, activate };
};
