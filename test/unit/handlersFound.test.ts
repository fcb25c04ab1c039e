import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { ProductKey } from '../../src/core/catalogue/types';
import { handlerAt, LONGEST_WITH_HANDLERS } from '../../src/core/handlers/handlerAt';
import { ROOT } from '../support/root';

interface Fixture {
  readonly title: string;
  readonly languageId: string;
  /** The handler, if there is one, is between ⟦ and ⟧; the cursor is ‸. */
  readonly text: string;
  readonly codes?: string;
  readonly product?: ProductKey;
}

const fixtures: readonly Fixture[] = [
  {
    title: 'a switch, from its head',
    languageId: 'javascript',
    text: `
function next(answer) {
  ⟦sw‸itch (answer.result.ResultCode) {
    case '0820':
      return 'welcome';
    case '0822':
    case '0824': {
      hold();
      break;
    }
    default:
      return 'no';
  }⟧
}`,
    codes: '0820 0822 0824',
    product: 'smartselfie_authentication',
  },
  {
    title: 'a switch whose strings, templates and regular expressions contain brackets and codes',
    languageId: 'typescript',
    text: `
⟦switch (resultCode) {
  case '0810':
    log('} and {', "case '0811':", \`\${ok ? \`}\` : '{'} result code 0812 }\`);
    return /[}'"]{2}/.test(text) ? 1 : 2;
  case '1210':‸
    return "result code 0813";
}⟧
// }`,
    codes: '0810 1210',
    product: 'biometric_kyc',
  },
  {
    title: 'a switch with cases that are commented out',
    languageId: 'javascript',
    text: `
⟦switch (resultCode) {
  // case '0811':
  /* case '0812':
     case '0813': { */
  case '0814': // result code 0815
    ‸return 'wait';
}⟧`,
    codes: '0814',
    product: 'biometric_kyc',
  },
  {
    title: 'the inner of two switches over codes',
    languageId: 'javascript',
    text: `
switch (resultCode) {
  case '1012':
    ⟦switch (selfie.ResultCode) {
      case '0810': return 1;
      case '0811': return ‸2;
    }⟧
  case '1013':
    return 3;
}`,
    codes: '0810 0811',
  },
  {
    title: 'the outer of two switches over codes, without the codes of the inner one',
    languageId: 'javascript',
    text: `
⟦switch (resultCode) {
  case '1012':
    switch (selfie.ResultCode) {
      case '0810': return 1;
      case '0811': return 2;
    }
  case '1013':
    return ‸3;
}⟧`,
    codes: '1012 1013',
  },
  {
    title: 'the switch over codes around one over something else',
    languageId: 'java',
    text: `
⟦switch (resultCode) {
    case "0820":
        switch (channel) {
            case "app": return 1‸;
            case "web": return 2;
        }
    case "0821":
        return 3;
    default:
        return 4;
}⟧`,
    codes: '0820 0821',
    product: 'smartselfie_authentication',
  },
  {
    title: 'nothing in a switch over job types, although there are codes in its cases',
    languageId: 'typescript',
    text: `
switch (jobType)‸ {
  case 1:
    switch (resultCode) {
      case '0810': return 1;
    }
  case 5:
    return resultCode === '1012';
}`,
  },
  {
    title: 'a switch with more lines than a code search looks back',
    languageId: 'javascript',
    text: `
⟦switch (resultCode) {
  case '1020':
${'    audit(job);\n'.repeat(200)}    break;
  case '1022':‸
${'    audit(job);\n'.repeat(200)}    break;
  case '1023':
    break;
}⟧`,
    codes: '1020 1022 1023',
    product: 'basic_kyc',
  },
  {
    title: 'if, else if',
    languageId: 'javascript',
    text: `
    if (ready) start();
    render();
    ⟦if (resultCode === '0840' || resultCode === '1240') {
      approve();
    } else if (['0842', '0844'].includes(resultCode)) {
      if (strict) { wait(); }‸
    }
    else {
      reject();
    }⟧
    done();`,
    codes: '0840 1240 0842 0844',
    product: 'smartselfie_registration',
  },
  {
    title: 'ifs that return, one below the other',
    languageId: 'typescript',
    text: `
  ⟦if (!code) return null;
  if (code === '0820') return 'pass';
  // result code 0821 is not handled
  if (code === '0822' && !strict)
    return 'wait';‸⟧
  return 'fail';`,
    codes: '0820 0822',
    product: 'smartselfie_authentication',
  },
  {
    title: 'a list',
    languageId: 'typescript',
    text: `
⟦const APPROVED_CODES: ReadonlySet<string> = new Set(['0810', ‸'1210', '0820']⟧);
const PORTS = ['1012', '1013'];`,
    codes: '0810 1210 0820',
  },
  {
    title: 'all lists of a table',
    languageId: 'javascript',
    text: `
⟦const RESULT_CODES = {
  approved: ['1020', '1021'], // not 1022
  rejected: [
    '1023',‸
  ],
}⟧;
const other = { a: ['0810'] };`,
    codes: '1020 1021 1023',
    product: 'basic_kyc',
  },
  {
    title: 'a list inside the body of a case',
    languageId: 'javascript',
    text: `
switch (resultCode) {
  case '0001':
    ⟦return retry({ resultCodes: ['0908', '1015',‸ '1016']⟧ });
}`,
    codes: '0908 1015 1016',
  },
  {
    title: 'if, elif with a tuple over several lines',
    languageId: 'python',
    text: `
def outcome(body):
    result_code = body["ResultCode"]
    ⟦if result_code == "0810":
        approve()
    elif result_code in (
        "0812",  # wait
        "0814",‸
    ):
        print("waiting: }")
    elif result_code == "0816":
        pass
    else:
        fail()⟧
    return 1`,
    codes: '0810 0812 0814 0816',
  },
  {
    title: 'match, with guards and alternatives over several lines',
    languageId: 'python',
    text: `
def outcome(result_code):
    """
    match result_code:
        case "0811":
    """
    ⟦match result_code:
        case "0820" if strict:
            return "}"
        case (
            "0822"  # unsure
            | "0824"
        ):
            match channel:
                case "9001":
                    return ‸1
        case _:
            return "no"⟧

x = 1`,
    codes: '0820 0822 0824',
    product: 'smartselfie_authentication',
  },
  {
    title: 'a dict',
    languageId: 'python',
    text: `
⟦RESULT_CODES = {
    "5210": "approved",
    '5211': "reje‸cted",
    # "5212": "error",
}⟧`,
    codes: '5210 5211',
    product: 'smile_secure',
  },
  {
    title: 'case, when over several lines',
    languageId: 'ruby',
    text: `
def outcome(result_code)
  ⟦x = case result_code
      when '0810', # enrolled
           '1210'  # by a person
        "#{result_code == "1" ? "end" : "}"}"
      when '0811' then :rejected
      else
        :unknown ‸
      end⟧
end`,
    codes: '0810 1210 0811',
    product: 'biometric_kyc',
  },
  {
    title: 'if, elsif',
    languageId: 'ruby',
    text: `
  ⟦if result_code == '1020'
    approve
  elsif %w[1022 1023].include?(result_code)
    reject‸
  else
    hold
  end⟧
  done`,
    codes: '1020 1022 1023',
    product: 'basic_kyc',
  },
  {
    title: 'words in a constant',
    languageId: 'ruby',
    text: `⟦REJECTED_CODES = %w[0811 ‸0813 1211]⟧.freeze`,
    codes: '0811 0813 1211',
    product: 'biometric_kyc',
  },
  {
    title: 'match',
    languageId: 'php',
    text: `<?php
    ⟦return match ($result['ResultCode']) {
        '1020', // exact
        '1021' => approve(fn () => ['x' => 1]),
        '1022' => '0811',‸
        default => null,
    }⟧;`,
    codes: '1020 1021 1022',
    product: 'basic_kyc',
  },
  {
    title: 'switch, and if with elseif around it',
    languageId: 'php',
    text: `<?php
# it's over "codes" {
if ($jobType === 1) {
    ⟦switch ($body->ResultCode) {
        case '0810':
            break;‸
        case '0811':
            echo "not {$x['a']} '0812'";
    }⟧
} elseif ($jobType === 6) {
    other();
}`,
    codes: '0810 0811',
  },
  {
    title: 'a list that is searched',
    languageId: 'php',
    text: `<?php
⟦$ok = in_array($resultCode, ['0820', '1220'‸]⟧, true);`,
    codes: '0820 1220',
    product: 'smartselfie_authentication',
  },
  {
    title: 'switch with arrows',
    languageId: 'java',
    text: `
    ⟦return switch (job.getResultCode()) {
        case "1020", "1021" -> Outcome.MATCH;
        case "1022" -> { yield '"' == c ? A : B; }
        default -> Outcome.‸UNKNOWN;
    }⟧;`,
    codes: '1020 1021 1022',
    product: 'basic_kyc',
  },
  {
    title: 'if with equals',
    languageId: 'java',
    text: `
        ⟦if ("0820".equals(resultCode)) {
            approve();
        } else if (resultCode.equals("0821")) {
            reject();
        }⟧‸
        log();`,
    codes: '0820 0821',
    product: 'smartselfie_authentication',
  },
  {
    title: 'a map',
    languageId: 'java',
    text: `
    ⟦private static final Map<String, String> RESULT_CODES = Map.of(
        "0840", "approved",
        "0841", "rejected"‸
    )⟧;`,
    // SmartSelfie Compare has both codes, too
    codes: '0840 0841',
  },
  {
    title: 'a switch expression',
    languageId: 'csharp',
    text: `
    ⟦return resultCode switch
    {
        "0820" or "1220" => Outcome.Approved,
        "0821" => throw new Exception(@"c:\\"),
        _ => Outcome.Unknown,‸
    }⟧;`,
    codes: '0820 1220 0821',
    product: 'smartselfie_authentication',
  },
  {
    title: 'a dictionary, its brace on a line of its own',
    languageId: 'csharp',
    text: `
    ⟦static readonly Dictionary<string, string> ResultCodes = new()
    {
        ["1020"] = "approved",
        ["1022"] = "reject‸ed",
    }⟧;`,
    codes: '1020 1022',
    product: 'basic_kyc',
  },
  {
    title: 'switch, its cases no deeper than itself',
    languageId: 'go',
    text: `
func outcome(r Result) string {
	⟦switch code := r.ResultCode; code {
	case "0810", // enrolled
		"1210":
		return \`}\`
	case "0813":
		return "rejected"
	default:
		return "unknown"‸
	}⟧
}`,
    codes: '0810 1210 0813',
    product: 'biometric_kyc',
  },
  {
    title: 'switch over conditions',
    languageId: 'go',
    text: `
	⟦switch {
	case resultCode == "0820":
		pass()
	case resultCode == "0821", resultCode == "0823":‸
		fail()
	}⟧`,
    codes: '0820 0821 0823',
    product: 'smartselfie_authentication',
  },
  {
    title: 'if without brackets',
    languageId: 'go',
    text: `
	⟦if resultCode == "1020" || resultCode == "1021" {
		return true
	} else if resultCode == "1022" {‸
		return false
	}⟧
	return x`,
    codes: '1020 1021 1022',
    product: 'basic_kyc',
  },
  {
    title: 'when, with lists',
    languageId: 'kotlin',
    text: `
    ⟦val outcome = when (val code = result.resultCode) {
        "0840" -> "approved \${if (x) "}" else "{"}"
        in listOf("0842", "0844") ->
            "wait"
        "0841",
        "0843" -> {
            reject()
        }
        else -> "unk‸nown"
    }⟧`,
    codes: '0840 0842 0844 0841 0843',
    product: 'smartselfie_registration',
  },
  {
    title: 'a map of pairs',
    languageId: 'kotlin',
    text: `⟦val resultCodes = mapOf("0810" to "approved", "0813" to ‸"rejected")⟧`,
    codes: '0810 0813',
    product: 'biometric_kyc',
  },
  {
    title: 'the product that was named last above it, if the codes fit several',
    languageId: 'typescript',
    text: `
/** Document Verification */
const a = 1;
/** Enhanced document verification */
function outcome(resultCode: string) {
  ⟦switch (resultCode) {
    case '0816': return ‸1;
    case '0817': return 2;
  }⟧
}`,
    codes: '0816 0817',
    product: 'enhanced_document_verification',
  },

  {
    title: 'lists that are declared one below the other',
    languageId: 'typescript',
    text: `
export function kycState(resultCode: string): string {
  ⟦const passedCodes = ['0820', '1220'];
  // a person looks at them
  const pendingCodes = new Set(['0824', ‸'0825']);
  if (passedCodes.includes(resultCode)) return 'verified';
  return pendingCodes.has(resultCode) && resultCode !== '0822' ? 'review' : 'refused';⟧
}`,
    codes: '0820 1220 0824 0825 0822',
    product: 'smartselfie_authentication',
  },
  {
    title: 'a choice between several codes',
    languageId: 'javascript',
    text: `
const noun = job.ResultCode;
⟦export const stateOf = ({ ResultCode }) =>
  ResultCode === '5210' ? 'clear' : ResultCode === '5211' ? 'sus‸pect' : 'unknown';⟧
export const other = 1;`,
    codes: '5210 5211',
    product: 'smile_secure',
  },
  {
    title: 'tests that are kept in variables',
    languageId: 'python',
    text: `
def flags(result_code):
    ⟦is_match = result_code in ("1020", "1021")
    # not "1023"
    is_refused = result_code == "1022"‸⟧
    return is_match, is_refused`,
    codes: '1020 1021 1022',
    product: 'basic_kyc',
  },
  {
    title: 'returns with a condition behind them',
    languageId: 'ruby',
    text: `
def state(result_code)
  log(result_code)
  ⟦return :clear if result_code == '5210'
  return :suspect if result_code == '52‸11'
  return :again unless result_code != '5212'⟧
  :unknown
end`,
    codes: '5210 5211 5212',
    product: 'smile_secure',
  },
  {
    title: 'a case within a case, and only its own codes',
    languageId: 'ruby',
    text: `
case kind
when :selfie
  ⟦case result_code
  when '0840', '1240' then :ok
  when '0842'
    case result_code[0]
    when '0' then :a‸
    end
  else :no
  end⟧
end`,
    codes: '0840 1240 0842',
    product: 'smartselfie_registration',
  },
  {
    title: 'elseif',
    languageId: 'php',
    text: `<?php
⟦if ($job['ResultCode'] === '1020') {
    accept();
} elseif ($job['ResultCode'] === '1022' || $job['ResultCode'] === '1023') {
    refuse();‸
} else {
    wait();
}⟧
done();`,
    codes: '1020 1022 1023',
    product: 'basic_kyc',
  },
  {
    title: 'a switch with colons and a table in a branch',
    languageId: 'java',
    text: `
⟦switch (response.getResultCode()) {
    case "0840":
    case "1240":
        Map<String, Integer> ages = Map.of("1012", 1, "1013", 2);
        return ages.get("x‸");
    case "0841": {
        throw new IllegalStateException("{");
    }
    default:
        return 0;
}⟧`,
    codes: '0840 1240 0841',
    product: 'smartselfie_registration',
  },
  {
    title: 'cases with patterns',
    languageId: 'csharp',
    text: `
⟦switch (job.ResultCode)
{
    case "0820" or "1220":
        return true;
    case "0821" when strict:
        return false;
    default:
        thr‸ow new Exception($"{job.ResultCode} {{");
}⟧`,
    codes: '0820 1220 0821',
    product: 'smartselfie_authentication',
  },
  {
    title: 'if as a value',
    languageId: 'kotlin',
    text: `
fun state(resultCode: String): String {
    ⟦return if (resultCode == "0820" || resultCode == "1220") "ok"
    else if (resultCode in setOf("0824", "0825")) "wait"‸
    else "no"⟧
}`,
    codes: '0820 1220 0824 0825',
    product: 'smartselfie_authentication',
  },
  {
    title: 'a map literal',
    languageId: 'go',
    text: `
⟦var resultCodes = map[string]string{
	"1020": "exact",
	"1022": "none",‸
}⟧`,
    codes: '1020 1022',
    product: 'basic_kyc',
  },
  {
    title: 'switch',
    languageId: 'swift',
    text: `
⟦switch result.resultCode {
case "0840", "1240":
    return .passed
case "0842":
    return .wai‸ting
default:
    return .failed("\\(result) {")
}⟧`,
    codes: '0840 1240 0842',
    product: 'smartselfie_registration',
  },
  {
    title: 'if, else if and a dictionary in it',
    languageId: 'swift',
    text: `
⟦if resultCode == "0820" {
    let names = ["1020": 1, "1021": 2]
    use(names)
} else if resultCode == "0821" {‸
    stop()
}⟧`,
    codes: '0820 0821',
    product: 'smartselfie_authentication',
  },
  {
    title: 'switch',
    languageId: 'dart',
    text: `
⟦switch (job.resultCode) {
  case '0840':
  case '1240':
    return true;‸
  case '0841':
    return false;
}⟧`,
    codes: '0840 1240 0841',
    product: 'smartselfie_registration',
  },
  {
    title: 'a map',
    languageId: 'dart',
    text: `⟦const resultCodes = {'5210': 'clear', '5211': ‸'suspect'}⟧;`,
    codes: '5210 5211',
    product: 'smile_secure',
  },
  {
    title: 'a switch that a machine wrote on one line',
    languageId: 'javascript',
    text: `⟦function a(r){switch(r.ResultCode){case"5210":return 1;case"5211":return ‸2;default:return 0}⟧}`,
    codes: '5210 5211',
    product: 'smile_secure',
  },
  {
    title: 'a condition whose body is on the next line, without a code that is given there',
    languageId: 'java',
    text: `
⟦if (resultCode.equals("5210"))
    accept();
else if (resultCode.equals("5211"))
    resultCode = "5212";‸⟧
done();`,
    codes: '5210 5211',
    product: 'smile_secure',
  },
  {
    title: 'nothing in responses',
    languageId: 'javascript',
    text: `const jobs = [{ ResultCode: '0810', n: 1 }, { ResultCode: '08‸11', n: 2 }];`,
  },

  // nothing to handle
  {
    title: 'nothing in a switch over HTTP status',
    languageId: 'javascript',
    text: `switch (response.status) { case '1012': return ‸1; case '1013': return 2; }`,
  },
  {
    title: 'nothing in a switch over errors of the API',
    languageId: 'javascript',
    text: `switch (error.code) {\n  case '2205':\n    return ‸1;\n  case '2212':\n    return 2;\n}`,
  },
  {
    title: 'nothing in one comparison',
    languageId: 'javascript',
    text: `if (resultCode === '0810') {\n  ‸approve();\n}`,
  },
  {
    title: 'nothing in a function with comparisons far apart',
    languageId: 'javascript',
    text: `{\n  const a = resultCode === '0810';\n  f(‸a);\n  const b = resultCode === '0811';\n}`,
  },
  {
    title: 'a switch behind a raw string that ends with a backslash',
    languageId: 'go',
    text: 'path := `C:\\`\n⟦switch ‸code {\ncase "0810", "0811":\n\treturn `{`\n}⟧\n',
    codes: '0810 0811',
  },
  {
    title: 'a switch behind a regular expression that ends like a comment begins',
    languageId: 'javascript',
    text: `
clean(/\\/*$/, 'it');
⟦switch (result‸Code) {
  case '0810':
    return /[/"}]/;
  case '1210':
    return 2;
}⟧`,
    codes: '0810 1210',
    product: 'biometric_kyc',
  },
  {
    title: 'a switch in the code of a string',
    languageId: 'kotlin',
    text: '⟦val text = "it is ${when (resultCode) {‸ "0810", "1210" -> "}" else -> "{" }⟧}"',
    codes: '0810 1210',
    product: 'biometric_kyc',
  },
  {
    title: 'a match behind a heredoc with a quote and a bracket',
    languageId: 'php',
    text: `<?php
$text = <<<TEXT
  It's {
  TEXT;
⟦return match ($resultCode) {
  '0810', '1210' => ‸'a',
}⟧;`,
    codes: '0810 1210',
    product: 'biometric_kyc',
  },
  {
    title: 'nothing in a list of texts that are put together',
    languageId: 'javascript',
    text: 'const resultCodes = [`0810${a}`, ‸`0811${b}`];',
  },
  {
    title: 'nothing beside a handler',
    languageId: 'javascript',
    text: `const a = 1;‸\n\nswitch (resultCode) {\n  case '0810':\n    break;\n}`,
  },
  {
    title: 'nothing in years',
    languageId: 'python',
    text: `YEARS = ["1012", ‸"2023"]`,
  },
  {
    title: 'nothing in an unfinished switch',
    languageId: 'javascript',
    text: `switch (resultCode) {\n  case '0810':‸`,
  },
  {
    title: 'nothing in a language without handlers',
    languageId: 'json',
    text: `{ "resultCodes": ["0810", ‸"0811"] }`,
  },
  { title: 'nothing in an empty text', languageId: 'ruby', text: '‸' },
];

function unmark(marked: string): { text: string; offset: number; range: [number, number] | null } {
  const bare = (part: string): string => part.replace(/[⟦⟧‸]/g, '');
  const before = (mark: string): number => bare(marked.slice(0, marked.indexOf(mark))).length;
  return {
    text: bare(marked),
    offset: before('‸'),
    range: marked.includes('⟦') ? [before('⟦'), before('⟧')] : null,
  };
}

describe('handlerAt', () => {
  for (const { title, languageId, text: marked, codes, product } of fixtures) {
    it(`finds ${title} (${languageId})`, () => {
      const { text, offset, range } = unmark(marked);
      const found = handlerAt(text, offset, languageId);
      const expected = range && {
        start: range[0],
        end: range[1],
        codes: codes?.split(' '),
        product: product ?? null,
      };
      assert.deepEqual(found, expected);
      // line breaks of Windows do not matter
      const windows = text.replaceAll('\n', '\r\n');
      const same = handlerAt(
        windows,
        text.slice(0, offset).replaceAll('\n', '\r\n').length,
        languageId,
      );
      assert.deepEqual(same?.codes, expected?.codes);
    });
  }

  it('finds the handlers of the sample workspace', () => {
    const read = (file: string): string =>
      readFileSync(join(ROOT, 'test/workspace/server', file), 'utf8');
    const at = (file: string, near: string, languageId: string) =>
      handlerAt(read(file), read(file).indexOf(near), languageId);
    assert.deepEqual(at('verification.js', 'wait for review', 'javascript')?.codes, [
      '0810',
      '0812',
      '0814',
      '0911',
    ]);
    assert.deepEqual(at('callback.py', 'waiting for a person', 'python')?.codes, [
      '0810',
      '0812',
      '0814',
      '0816',
    ]);
    assert.equal(at('callback.py', 'confirm_signature', 'python'), null);
  });

  it('finds nothing in a text that is longer than the limit', () => {
    const text = "if (code === '0810' || code === '0811') {}\n";
    const longest = text.padEnd(LONGEST_WITH_HANDLERS, ' ');
    assert.deepEqual(handlerAt(longest, 0, 'javascript')?.codes, ['0810', '0811']);
    assert.equal(handlerAt(`${longest} `, 0, 'javascript'), null);
  });

  it('treats only a line feed as the end of a line, as VS Code does', () => {
    const texts = {
      javascript: (end: string) =>
        `x = 1${end}if (code === '0810') {${end}} else if (code === '0811') {${end}}${end}`,
      ruby: (end: string) =>
        `x = 1${end}case result_code\nwhen '0810'\n  a${end}when '0811'\n  b\nend\n`,
    };
    for (const [languageId, text] of Object.entries(texts)) {
      const found = (end: string) => handlerAt(text(end), text(end).indexOf('0810'), languageId);
      for (const sign of ['\u2028', '\u2029', '\r']) {
        assert.deepEqual(found(sign), found(' '), `${JSON.stringify(sign)} in ${languageId}`);
      }
      assert.notDeepEqual(found('\n'), found(' '));
    }
  });

  it('reads any text without failing, and stays within it', () => {
    const pieces = fc.constantFrom(
      ...['switch (resultCode) {', 'case ', "'0810'", '"0811"', ':', 'default:', 'match x:', '=>'],
      ...['when', 'if (resultCode === ', 'else', 'end', '->', '(', ')', '[', ']', '{', '}', ','],
      ...['\n', '  ', '\n    ', '\t', "'", '"', '`', '${', '#{', '/', '//', '/*', '*/', '#', '\\'],
      ...['resultCodes = ', ';', '"""', '_ =>', 'case result_code', '\r\n', '%w[', 'return '],
    );
    const language = fc.constantFrom(
      ...['javascript', 'typescript', 'python', 'ruby', 'php', 'java', 'csharp', 'go', 'kotlin'],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), language, fc.nat(), (parts, id, seed) => {
        const text = parts.join('');
        const offset = seed % (text.length + 1);
        const found = handlerAt(text, offset, id);
        if (found === null) return;
        assert.ok(found.start >= 0 && found.start < found.end && found.end <= text.length);
        for (const code of found.codes) assert.ok(text.includes(code));
      }),
      { numRuns: 3000 },
    );
  });
});
