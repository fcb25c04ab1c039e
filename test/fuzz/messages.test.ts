import assert from 'node:assert/strict';
import fc from 'fast-check';
import { StoredWatch } from '../../src/core/jobs/jobWatches';
import { JobName, StoredJob } from '../../src/core/jobs/recentJobs';
import { PageMessage } from '../../src/webview/protocol';
import { cases, hostileJson } from './cases';

const KEYS = [
  ...['type', 'what', 'name', 'id', 'on', 'index', 'explanation', 'remedy', 'ok', 'profileId'],
  ...['userId', 'jobId', 'key', 'smileJobId', 'code', 'verdict', 'product', 'askedAt', 'outcome'],
  ...['signature', 'httpStatus', 'aliveUntil', 'until', 'kind', 'version', '__proto__'],
];
const TYPES = [
  ...['ready', 'refresh', 'cancel', 'copy', 'openJson', 'openText', 'openEntry', 'reveal', 'image'],
  ...['copyImage', 'saveImage', 'watch', 'openPage', 'remedy', 'compare', 'lookUpEntry', 'x'],
];

describe('What comes from a page or from the disk, in any form', () => {
  it('is refused or read, and nothing is passed on that was not read', () => {
    const parsers = [StoredJob, JobName, StoredWatch];
    fc.assert(
      fc.property(hostileJson(KEYS), (sent) => {
        const json: unknown = JSON.parse(JSON.stringify(sent));
        for (const parser of parsers) {
          const { data } = parser.safeParse(json);
          // what is read again is the same: nothing is passed through unread
          if (data !== undefined) assert.deepEqual(parser.parse(data), data);
        }
      }),
      cases(2000),
    );
  });

  it('from a page requests only what messages can request', () => {
    const message = fc
      .tuple(fc.constantFrom(...TYPES), fc.dictionary(fc.constantFrom(...KEYS), hostileJson(KEYS)))
      .map(([type, more]) => ({ ...more, type }));
    fc.assert(
      fc.property(message, (sent) => {
        const { data } = PageMessage.safeParse(JSON.parse(JSON.stringify(sent)));
        if (data !== undefined) assert.equal(data.type, sent.type);
      }),
      cases(2000),
    );
  });
});
