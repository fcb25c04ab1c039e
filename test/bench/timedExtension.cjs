// Replaces dist/extension.js in the copy of the extension that loadTime.ts runs: the same, with a clock, and an
// extension that registers as much and does nothing.
function timed(load, activate) {
  const begun = performance.now();
  const extension = load();
  const loaded = performance.now();
  activate(extension);
  return { load: loaded - begun, activate: performance.now() - loaded };
}

exports.activate = (context) => {
  const commands = context.extension.packageJSON.contributes.commands.map(({ command }) => command);
  const extensions = {
    ours: () =>
      timed(
        () => require('./dist/extension.js'),
        (extension) => extension.activate(context),
      ),
    empty: () =>
      timed(
        () => require('./emptyExtension.cjs'),
        (extension) => extension.activate(context, commands),
      ),
  };
  // The first one pays for what VS Code does only once.
  const order = process.env.BENCH_FIRST === 'empty' ? ['empty', 'ours'] : ['ours', 'empty'];
  return Object.fromEntries(order.map((name) => [name, extensions[name]()]));
};
