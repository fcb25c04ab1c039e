import assert from 'node:assert/strict';
import { jobNear } from '../../src/core/jobs/jobNear';

/** The job at the `|` of a text. */
const jobAt = (marked: string, languageId = 'log'): unknown =>
  jobNear(marked.replace('|', ''), marked.indexOf('|'), languageId);

const first = { userId: 'u-1', jobId: 'j-1' };
const second = { userId: 'u-2', jobId: 'j-2' };
const FIRST = '{"user_id":"u-1","job_id":"j-1","job_type":1}';
const SECOND = '{"user_id":"u-2","job_id":"j-2"}';

describe('The job at a cursor', () => {
  for (const [what, text, expected] of [
    ['the one around it', `[${FIRST}, {|"user_id":"u-2","job_id":"j-2"}]`, second],
    ['the nearest of its line, however large', `${FIRST}|            ${SECOND}`, first],
    ['the nearest of its line, however late', `${FIRST}            |${SECOND}`, second],
    [
      'the innermost around it',
      `{"user_id":"u-1","job_id":"j-1","last":{|${SECOND.slice(1)}}`,
      second,
    ],
    [
      'none, inside of an object with another job ID and no user',
      '{"user_id":"u-1","job_id":"j-1","last":{"job_id":|"j-2"}}',
      null,
    ],
    [
      'the outer one, inside of an object with the same job ID',
      '{"user_id":"u-1","job_id":"j-1","last":{"job_id":|"j-1"}}',
      first,
    ],
    [
      'the outer one, beside such an object',
      '{"user_id":"u-1",|"job_id":"j-1","last":{"job_id":"j-2"}}',
      first,
    ],
    [
      'one in a list of an object that names another job',
      `{"job_id":"j-1","history":[{|"user_id":"u-2","job_id":"j-2"}]}`,
      second,
    ],
    ['that of the line, if no object has one', 'x\nuser_id=u-1 |job_id=j-1\nuser_id=u-2', first],
    ['that of the line, beside a call that names no job', `retrieve("|key") && f(${FIRST})`, first],
    [
      'none whose ID would be shown without its marks',
      '|{"user_id":"u\u202e","job_id":"j-1"}',
      null,
    ],
    ['none of another line', `${FIRST}\nx|`, null],
  ] as const) {
    it(`is ${what}`, () => {
      assert.deepEqual(jobAt(text), expected);
    });
  }

  it('is in code none of words without quotes', () => {
    const text = '{ user_id: userId, |job_id: jobId }';
    assert.deepEqual(
      [jobAt(text), jobAt(text, 'javascript')],
      [{ userId: 'userId', jobId: 'jobId' }, null],
    );
  });
});
