import assert from 'node:assert/strict';
import { line } from '../../src/core/logger';
import { REDACTED } from '../../src/core/redact';

describe('A line of the log', () => {
  it('keeps our own words, and of values only what cannot be personal', () => {
    const digest = '0123456789abcdef'.repeat(2);
    assert.equal(
      line`Mrs. Template ${'Ada'} ${70000008953} ${{ name: 'Ada' }} ${['Ada']}`.text,
      `Mrs. Template ${REDACTED} ${REDACTED} ${REDACTED} ${REDACTED}`,
    );
    const id = 'b1997c2d-ece4-4d57-89bf-94d1052f0ca9';
    assert.equal(
      line`${'sandbox'} ${404} ${true} ${'2205'} ${id} ${digest} ${'ENOSPC'} ${null}`.text,
      `sandbox 404 true 2205 ${id} ${digest} ENOSPC none`,
    );
  });

  it('includes another line as it is', () => {
    assert.equal(line`all: ${line`one ${1}`}`.text, 'all: one 1');
  });

  it('has the class and code of an error, the known words of its message, and where it came from', () => {
    const error = new TypeError("Cannot read properties of undefined (reading 'Ada')");
    error.stack = `${String(error)}
    at JobLookup.fly (/home/ada/.vscode/extensions/smile/dist/extension.js:1:2345)
    at async Promise.all (index 0)
    at C:\\Users\\Ada\\dist\\panel.js:10:7`;
    assert.equal(
      line`${Object.assign(error, { code: 'ENOENT' })}`.text,
      `TypeError ENOENT: Cannot read properties of undefined (reading '${REDACTED}')
    at JobLookup.fly extension.js:1:2345
    at panel.js:10:7`,
    );
  });

  it('treats no part of a message as the stack, and includes no name or code unchecked', () => {
    const forged = new Error('x\n    at Ada (Lovelace.js:1:2)');
    assert.doesNotMatch(line`${forged}`.text, /Ada|Lovelace/);
    forged.message = 'changed';
    assert.doesNotMatch(line`${forged}`.text, /Ada|Lovelace/);
    const named = Object.assign(new Error(''), { name: 'Ada', code: 'Ada Lovelace' });
    assert.equal(line`${named}`.text.split('\n')[0], `Error ${REDACTED}`);
  });

  it('contains no text that JSON.parse quotes', () => {
    assert.throws(
      () => JSON.parse('{"FullName":"Ada Lovelace" 12345678901}'),
      (error) => !/Ada|12345/.test(line`${error}`.text),
    );
  });
});
