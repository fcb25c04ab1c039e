// Loaded into the VS Code server before its own code (node --require).
const http = require('node:http');

if (process.argv[1]?.endsWith('server-main.js')) {
  // The server must not outlive the process that started it, not even if that was killed.
  process.stdin.resume().on('end', () => process.exit());
}

// The workbench requests half of the key that encrypts SecretStorage from its server. code-server's front end
// responds; VS Code's own server, which runs here, does not, and secrets would be lost on a reload.
const emit = http.Server.prototype.emit;
http.Server.prototype.emit = function (event, request, response, ...rest) {
  if (event === 'request' && request.method === 'POST' && request.url.endsWith('/mint-key')) {
    response.end(Buffer.alloc(32, 'a key for tests'));
    return true;
  }
  return emit.call(this, event, request, response, ...rest);
};
