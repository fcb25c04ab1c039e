/**
 * The part of an ID of API v3 after its prefix, for regular expressions: a UUID as 26 characters in Crockford's base 32
 * (TypeID, see jetify-com/typeid spec/README.md). The characters are those of smileidentity/api-reference
 * specs/v3/openapi.yaml; they hold 130 bits and a UUID has 128, so that the first is at most 7.
 */
export const TYPE_ID_FORM = '[0-7][0-9a-hjkmnp-tv-z]{25}';

/** A job ID of API v3: nothing else has this form. */
export const V3_JOB_ID_FORM = `job_${TYPE_ID_FORM}`;
