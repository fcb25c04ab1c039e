const START =
  /^(?:get_[jw]|getJob|poll|submit_?[Aj]|return_|isReturn|job_[cst]|image_[lt]|use_e|optional_c|sid_?[sS]|sec_k|partner_p|generate_s|confirm_s|[sS]ignature$|history$|kyc_r|Smile[IJ]|ResultC|IsFinal|Confidence|WebApi|IDApi|Utilities|JobType|AML$|[A-Z]+_[A-Z])/;

/**
 * Whether a word can be a name of Smile ID's SDKs at all, by how it begins. Apart from what knows the names,
 * so that this is loaded only for the few words that look like one.
 */
export const mayBeSdkName = (word: string): boolean => START.test(word);
