import * as assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import * as vscode from 'vscode';
import type { JobStatusOutcome } from '../../src/core/smile/outcome';
import { MARKERS } from '../../src/node/simulator/testPerson';
import { startSimulator } from '../../src/node/simulator/server';
import { jobIdOfSpecial } from '../../src/node/simulator/v3Scenarios';
import type { Simulator } from '../../src/node/simulator/simulator';
import { dataFolder, filesBelow, storedFiles, storedRecords } from '../support/dataFolder';
import { closeAllTabs, followPanels, type PanelPage } from '../support/panelPages';
import { activateSmile, addProfile, startOwnSimulator } from '../support/smileExtension';
import { until } from '../support/until';

const API_KEY = 'a-key-that-is-nowhere-else-7f3a91';
const USER = 'user-storage';
const JOBS = [
  'biometric-kyc',
  'base64-photo',
  'enhanced-kyc',
  'business-verification',
  'aml-check',
  'malformed',
  'unauthorized',
];

describe('What is left on the disk', () => {
  let simulator: Simulator;
  let profileId: string;
  let pages: readonly PanelPage[];
  const outcomes: JobStatusOutcome[] = [];
  let redacted = '';
  const tokens: string[] = [];
  const noteToken = (message: unknown): void => {
    const headers: unknown = Reflect.get(
      objectOf(Reflect.get(objectOf(message), 'request')),
      'headers',
    );
    const text = Array.isArray(headers) ? headers.join(':') : String(headers);
    const [, token] = /SmileID-Token:\s*([\w.-]+)/i.exec(text) ?? [];
    if (token !== undefined) tokens.push(token);
  };

  before(async () => {
    await activateSmile();
    await closeAllTabs();
    simulator = await startSimulator({ apiKey: API_KEY });
    const profile = await addProfile({
      name: 'Storage',
      environment: 'local',
      partnerId: simulator.partnerId,
      apiKey: API_KEY,
      url: simulator.url,
    });
    assert.equal(profile.probe, 'accepted');
    profileId = profile.id;

    const followed = followPanels();
    ({ pages } = followed);
    for (const jobId of JOBS) {
      outcomes.push(
        await vscode.commands.executeCommand<JobStatusOutcome>('smile.getJobStatus', {
          profile: profileId,
          userId: USER,
          jobId,
          history: true,
          imageLinks: true,
        }),
      );
    }
    followed.stop();
    // by API v3, whose token must not be found either
    subscribe('undici:request:create', noteToken);
    await vscode.commands.executeCommand<JobStatusOutcome>('smile.getJobStatus', {
      profile: profileId,
      jobId: jobIdOfSpecial('processing'),
    });
    unsubscribe('undici:request:create', noteToken);

    // as a user would: look at the images, open the JSON
    const [first] = pages;
    assert.ok(first);
    first.say({ type: 'image', name: 'selfie_image' });
    await until('an image', () => first.received.find(({ type }) => type === 'image'));
    for (const page of pages.slice(0, JOBS.indexOf('malformed'))) {
      page.say({ type: 'openJson' });
    }
    // those of earlier tests may still be open, and are empty
    const filled = () => jsonDocuments().filter((document) => document.getText().startsWith('{'));
    await until('the JSON documents', () =>
      filled().length >= JOBS.indexOf('malformed') ? true : undefined,
    );
    redacted = filled()
      .map((document) => document.getText())
      .join('\n');
    // what the window keeps in its own storage is looked at by the tests of the interface, after a restart
    await until('the records', () =>
      [...storedRecords('jobs').values()].filter(({ userId }) => userId === USER).length ===
      JOBS.length
        ? true
        : undefined,
    );
  });

  after(async () => {
    await closeAllTabs();
    await simulator.stop();
    await startOwnSimulator(); // its profile is the active one again
  });

  /** What must not be found, and why: each of these really arrived in this VS Code. */
  function forbidden(): Map<string, string> {
    const found = new Map(MARKERS.map((marker) => [marker, 'personal data']));
    found.set(API_KEY, 'the API key');
    for (const token of tokens) found.set(token, 'a token');
    for (const outcome of outcomes) {
      if (outcome.kind !== 'answered') continue;
      const { raw, job } = outcome;
      found.set(textOf(raw.signature), 'a signature');
      for (const { url } of job.images) {
        found.set(url, 'an image link');
        found.set(/signature=([^&]+)/.exec(url)?.[1] ?? '', 'the signature of a link');
      }
      for (const name of ['Photo', 'Document']) {
        const image = textOf(Object.entries(objectOf(raw.result)).find(([k]) => k === name)?.[1]);
        if (image.length > 200) found.set(image.slice(0, 80), 'an image');
      }
    }
    found.delete('');
    return found;
  }

  it('is searched for texts that this window really contained', () => {
    const received = JSON.stringify(outcomes) + API_KEY + tokens.join();
    assert.deepEqual(
      [...forbidden().keys()].filter((text) => !received.includes(text)),
      [],
    );
    const reasons = new Set(forbidden().values());
    assert.deepEqual([...reasons].sort(), [
      'a signature',
      'a token',
      'an image',
      'an image link',
      'personal data',
      'the API key',
      'the signature of a link',
    ]);
  });

  it('contains no personal data, image, link, signature or API key, in whatever file', () => {
    const files = filesBelow(dataFolder());
    const names = files.map((path) => relative(dataFolder(), path));
    assert.ok(names.some((name) => name.includes('globalStorage')));
    const leaks: string[] = [];
    for (const path of files) {
      const bytes = readFileSync(path);
      for (const [text, reason] of forbidden()) {
        if (bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'))) {
          leaks.push(`${reason} in ${relative(dataFolder(), path)}`);
        }
      }
    }
    assert.deepEqual([...new Set(leaks)], []);
  });

  it('is, of a job, exactly its IDs, codes and times', () => {
    const records = [...storedRecords('jobs').values()].filter(({ userId }) => userId === USER);
    const byJob = new Map(
      records.map((stored) => [
        stored.jobId,
        { ...stored, askedAt: 'a time', order: 'a time', smileJobId: 'an ID' },
      ]),
    );
    for (const { askedAt, order, smileJobId } of records) {
      assert.ok(Number.isSafeInteger(order));
      assert.match(textOf(askedAt), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      assert.ok(smileJobId === null || /^\d{10}$/.test(textOf(smileJobId)));
    }
    const record = (
      jobId: string,
      jobType: number | null,
      product: string | null,
      code: string | null,
      verdict: string | null,
      outcome: 'answered' | 'unreadable' | 'refused' = 'answered',
    ) => ({
      version: 1,
      ...{ profileId, userId: USER, jobId, smileJobId: 'an ID', jobType, product, code, verdict },
      signature: outcome === 'answered' ? 'valid' : null,
      httpStatus: { answered: null, unreadable: 200, refused: 400 }[outcome],
      noWatch: { answered: 'final', unreadable: null, refused: 'refused' }[outcome],
      ...{ outcome, askedAt: 'a time', order: 'a time' },
    });
    assert.deepEqual(
      JOBS.map((jobId) => byJob.get(jobId)),
      [
        record('biometric-kyc', 1, 'biometric_kyc', '1210', 'approved'),
        record('base64-photo', 11, 'enhanced_document_verification', '0810', 'approved'),
        record('enhanced-kyc', 5, 'enhanced_kyc', '1012', 'approved'),
        record('business-verification', 7, 'business_verification', '1012', 'approved'),
        record('aml-check', 10, 'aml_check', '1030', 'attention'),
        record('malformed', null, null, null, null, 'unreadable'),
        record('unauthorized', null, null, null, null, 'refused'),
      ],
    );
    assert.equal(records.length, JOBS.length);
  });

  it('has no fields beyond those in any record, and no files beyond the records and the ID of a remote host', () => {
    const fields = new Set(
      [...storedRecords('jobs').values()].map((job) => Object.keys(job).join()),
    );
    assert.deepEqual(
      [...fields],
      [
        'version,profileId,userId,jobId,smileJobId,jobType,product,code,verdict,signature,outcome,httpStatus,noWatch,askedAt,order',
      ],
    );
    const profileFields = new Set(
      [...storedRecords('profiles').values()].map((profile) => Object.keys(profile).join()),
    );
    assert.deepEqual([...profileFields], ['version,id,name,environment,partnerId,url']);
    assert.deepEqual(
      storedFiles().filter(
        (path) =>
          !/^(jobs\/(names\/)?[0-9a-f]{32}|profiles\/([0-9a-f-]{36}|local-simulator))\.json$/.test(
            path,
          ),
      ),
      vscode.env.remoteName === undefined ? [] : ['host-id'],
    );
  });

  it('never had a document with personal data: the JSON that opens is redacted', () => {
    assert.match(redacted, /"ResultCode": "1210"/);
    assert.match(redacted, /"job_id": "base64-photo"/);
    assert.match(redacted, /"FullName": "\[redacted\]"/);
    assert.deepEqual(
      [...forbidden()].filter(([text]) => redacted.includes(text)),
      [],
    );
  });

  it('has no ID of a job in the address of a document, which VS Code keeps in its own caches', () => {
    const JSON_NAME = /^(?:Response|Error response \(HTTP \d+\)|History entry \d+)\.json$/;
    const TEXT_NAME = /^Response text \(HTTP \d+\)\.txt$/; // of a suite before this one
    const isName = (name: string): boolean => JSON_NAME.test(name) || TEXT_NAME.test(name);
    const addresses = jsonDocuments().map(({ uri }) => [uri.path.slice(1), uri.query] as const);
    assert.ok(addresses.length > 0);
    assert.deepEqual(
      addresses.filter(([name, query]) => !isName(name) || !/^[\da-f-]{36}\/\w+/.test(query)),
      [],
    );
  });

  it('keeps the response only while its panel is open: then the document drops it, too', async () => {
    const document = jsonDocuments().find((open) =>
      open.getText().includes('"job_id": "biometric-kyc"'),
    );
    const page = pages[JOBS.indexOf('biometric-kyc')];
    assert.ok(document && page);
    page.panel.dispose();
    await until('the empty document', () =>
      document.getText().includes('no longer in memory') ? true : undefined,
    );
    assert.doesNotMatch(document.getText(), /ResultCode/);
    assert.equal(typeof JSON.parse(document.getText()), 'string'); // VS Code finds no error in it
  });
});

/** The redacted JSON documents that are open. */
function jsonDocuments(): vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'smile-job');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function objectOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
