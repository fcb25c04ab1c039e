import type { SdkLanguage } from '../sdk/sdkLanguage';
import { baseUrlOf } from '../smile/environment';
import { KEY_VARIABLE, type ExportedRequest } from './exportedRequest';
import { literal } from './stringLiteral';

/** The values of a snippet, written as that language writes them. */
interface Values {
  readonly partnerId: string;
  readonly server: string;
  readonly userId: string;
  readonly jobId: string;
  readonly history: boolean;
  readonly images: boolean;
}

const python = (value: boolean): string => (value ? 'True' : 'False');

/**
 * Calls and option names of each SDK (their source code): JavaScript and Python read `return_images`, Ruby and
 * PHP `return_image_links`, and Java takes the options in order: history, image links, job status, callback.
 */
const WRITERS: Readonly<Record<SdkLanguage, (values: Values) => string>> = {
  javascript: ({ partnerId, server, userId, jobId, history, images }) => `\
const { Utilities } = require('smile-identity-core');

const utilities = new Utilities(${partnerId}, process.env.${KEY_VARIABLE}, ${server});
utilities
  .get_job_status(${userId}, ${jobId}, {
    return_history: ${history},
    return_images: ${images}, // not return_image_links: this SDK ignores it
  })
  .then((job) => console.log(JSON.stringify(job, null, 2)))
  .catch((error) => console.error(error.response?.data ?? error.message));
`,
  python: ({ partnerId, server, userId, jobId, history, images }) => `\
import os

from smile_id_core import Utilities

utilities = Utilities(${partnerId}, os.environ["${KEY_VARIABLE}"], ${server})
job = utilities.get_job_status(
    {"user_id": ${userId}, "job_id": ${jobId}, "job_type": 1},  # job_type has to be a number
    {
        "return_job_status": True,
        "return_history": ${python(history)},
        "return_images": ${python(images)},  # not return_image_links: this SDK ignores it
    },
)
print(job)
`,
  ruby: ({ partnerId, server, userId, jobId, history, images }) => `\
require 'json'
require 'smile-identity-core'

utilities = SmileIdentityCore::Utilities.new(${partnerId}, ENV.fetch('${KEY_VARIABLE}'), ${server})
# This SDK says "Unable to confirm validity" for every error: use cURL to see the real one.
job = utilities.get_job_status(
  ${userId}, ${jobId},
  return_history: ${history}, return_image_links: ${images}
)
puts JSON.pretty_generate(job)
`,
  php: ({ partnerId, server, userId, jobId, history, images }) => `\
<?php
require 'vendor/autoload.php';

use SmileIdentity\\SmileIdentityCore;

// The second argument is the default callback; a status request does not need it.
$core = new SmileIdentityCore(${partnerId}, '', getenv('${KEY_VARIABLE}'), ${server});
// Both options are required.
$job = $core->get_job_status(
    ['user_id' => ${userId}, 'job_id' => ${jobId}],
    ['return_history' => ${history}, 'return_image_links' => ${images}]
);
print_r($job);
`,
  java: ({ partnerId, server, userId, jobId, history, images }) => `\
import smile.identity.core.Utilities;
import smile.identity.core.models.Options;

public class JobStatus {
    public static void main(String[] args) throws Exception {
        Utilities utilities = new Utilities(${partnerId}, System.getenv("${KEY_VARIABLE}"), ${server});
        // In order: history, image links, job status, callback. This SDK does not check the signature.
        Options options = new Options(${history}, ${images}, false, "");
        System.out.println(utilities.getJobStatus(${userId}, ${jobId}, options));
    }
}
`,
};

/**
 * The same request, of API v1, as a small program with the official SDK of a language. The API key is read from
 * the environment; the partner ID stays text, since its leading zeros are part of what is signed.
 */
export function sdkCall(language: SdkLanguage, { profile, request }: ExportedRequest): string {
  const text = (value: string): string => literal(language, value);
  return WRITERS[language]({
    partnerId: text(profile.partnerId),
    server: text(serverOf(language, profile)),
    userId: text(request.userId ?? ''),
    jobId: text(request.jobId),
    history: request.history,
    images: request.imageLinks,
  });
}

/** sid_server: 0 sandbox, 1 production, else a base URL; Java needs only the host and adds the path itself. */
function serverOf(language: SdkLanguage, { environment, url }: ExportedRequest['profile']): string {
  if (environment !== 'local') return environment === 'sandbox' ? '0' : '1';
  const base = baseUrlOf(environment, url);
  if (!base.ok) return '';
  return language === 'java' ? `${new URL(base.value).origin}/` : base.value;
}
