// The suite that VS Code is given: it runs the one at SMILE_TEST_SUITE, whatever its form, and writes the file
// SMILE_TEST_ENDED once that has ended. VS Code reports success, too, if its extension host crashes.
const { writeFileSync } = require('node:fs');

exports.run = (path, callback) => {
  const end = () => {
    writeFileSync(process.env.SMILE_TEST_ENDED, '');
  };
  const result = require(process.env.SMILE_TEST_SUITE).run(path, (...outcome) => {
    end();
    callback(...outcome);
  });
  return result?.then(end);
};
