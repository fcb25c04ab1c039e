// Stands in for dist/extension.js in the copy of the extension that loadTime.ts runs: the same, with a clock, and after
// it an extension that registers as much and does nothing.
function timed(load, activate) {
  const begun = performance.now();
  const extension = load();
  const loaded = performance.now();
  activate(extension);
  return { load: loaded - begun, activate: performance.now() - loaded };
}

exports.activate = (context) => {
  const commands = context.extension.packageJSON.contributes.commands.map(({ command }) => command);
  const ours = timed(
    () => require('./dist/extension.js'),
    (extension) => extension.activate(context),
  );
  const empty = timed(
    () => require('./emptyExtension.cjs'),
    (extension) => extension.activate(context, commands),
  );
  return { ours, empty };
};
