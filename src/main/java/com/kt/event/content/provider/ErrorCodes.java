package com.kt.event.content.provider;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The codes and phrases that providers and gateways use in errors, and the outcome that each means. They are compared
 * without case and punctuation, because gateways write {@code content_filter} and {@code contentFilter} for the same.
 */
final class ErrorCodes {
    private static final Pattern PUNCTUATION = Pattern.compile("[^a-z0-9]");
    private static final int LONGEST_WORD = 100;
    private static final int LONGEST_BEGINNING = 1_000;
    /** Tags, spaces and line breaks of an HTML page. */
    private static final Pattern MARKUP = Pattern.compile("(?:<[^<>]{0,200}>|\\s)+");

    private record Rule(Outcome outcome, Pattern pattern) {
        static Rule of(Outcome outcome, String... alternatives) {
            return new Rule(outcome, Pattern.compile(String.join("|", alternatives)));
        }
    }

    /** The first rule that matches the whole code applies. */
    private static final List<Rule> CODES = List.of(
            // OpenAI and compatible gateways; one-api; Volcengine; DashScope; LiteLLM.
            Rule.of(Outcome.MONEY, ".*billing.*", ".*insufficient.*(quota|credit|balance|fund).*",
                    ".*(spend|usage|budget|credit)limit.*", ".*budgetexceeded.*", "exceededbudget",
                    ".*exceededcurrentquota.*", ".*quota(exceeded|exhausted|notenough)",
                    ".*prepaymentrequired|paymentrequired",
                    ".*overdue.*", "arrearage", ".*outofcredits?", ".*credits?(exhausted|balancetoolow|depleted)",
                    "preconsumetokenquotafailed"),
            Rule.of(Outcome.KEY,
                    ".*(invalid|incorrect|missing|expired|wrong|no|revoked)(api)?(key|token|credentials).*",
                    ".*(api)?key(invalid|expired|missing|revoked|disabled).*", "(access)?token(expired|invalid).*",
                    "(invalid)?authentication(error|failed|required)?", "autherror", "unauthenticated", "unauthorized",
                    "unauthorizedaccess", "invalidsubscriptionkey", "(invalid|mismatched)(organization|project)"),
            Rule.of(Outcome.MODEL,
                    ".*(model|deployment|endpoint)\\w*(notfound|doesnotexist|notexist|retired|deprecated|"
                            + "decommissioned|notavailable|notsupported|notopen|gone|shutdown|expired|disabled)",
                    ".*(invalid|unknown|unsupported|nosuch)(endpointor)?(model|deployment)(name|id|error)?",
                    "operationnotsupported"),
            Rule.of(Outcome.ACCOUNT, ".*(account|user|organization|project|consumer|subscription|resource|service)\\w*"
                    + "(deactivated|disabled|suspended|blocked|restricted|banned|terminated|notverified|unverified|mustbeverified)",
                    "unsupportedcountry.*", "(unsupported|restricted)region.*", ".*ipnotauthorized", "requestforbidden",
                    "permission(denied|error|deniederror)", "accessdenied\\w*", "accessterminated\\w*", "forbidden",
                    "failedprecondition", "\\w*verificationrequired"),
            Rule.of(Outcome.TIMED_OUT, ".*timeout(error)?", ".*timedout", "deadlineexceeded"),
            Rule.of(Outcome.BUSY, ".*ratelimit.*", ".*toomanyrequests?(error)?", ".*throttl.*", ".*overload.*",
                    "(server|engine|service|model)(is)?busy", "slowdown", ".*serviceunavailable(error)?", "unavailable",
                    "resourceexhausted", ".*concurrency.*(limit|exceeded).*", ".*capacity.*", "model(is)?loading"),
            Rule.of(Outcome.BAD_REQUEST, "(invalid|unsupported)(value|type|prompt|payload|image|imagesize|size)",
                    "(unknown|unsupported|invalid|missingrequired)parameter\\w*", "\\w*(above|below)m(ax|in)\\w*",
                    "contextlengthexceeded", "prompttoolong", "\\w*toolarge"));

    /** Less specific than an unambiguous status such as 401 or 503. */
    private static final List<Rule> VAGUE_CODES = List.of(
            Rule.of(Outcome.MODEL, "notfound(error)?"),
            Rule.of(Outcome.SERVER_ERROR, "(internal|internalserver|server|api|upstream|imagegenerationserver)(error)?",
                    "internalserviceerror", "imagegenerationfailed", "generationfailed", "badgateway"),
            Rule.of(Outcome.BAD_REQUEST, "(invalidrequest|badrequest|validation|imagegenerationuser)(error)?",
                    "invalidargument", "unprocessableentity"));

    /**
     * The beginnings of error messages that have no code. Only the beginning is matched, because the rest may quote the
     * prompt.
     */
    private static final List<Rule> BEGINNINGS = List.of(
            Rule.of(Outcome.MONEY, "(your |you have )?(insufficient|not enough|no) (credits?|balance|funds|quota)\\b.*",
                    "you (have )?exceeded your current quota.*", "billing (hard )?limit.*", "payment required.*",
                    "your (credit|account) balance is too low.*"),
            Rule.of(Outcome.KEY, "(incorrect|invalid|missing|wrong|expired) (api[ -]?key|token|credentials|auth).*",
                    "api[ -]?key (is )?(not valid|invalid|missing|expired).*", "unauthori[sz]ed\\b.*",
                    "unauthenticated\\b.*",
                    "authentication (failed|required|error).*", "access denied due to invalid subscription key.*"),
            Rule.of(Outcome.MODEL, "(the )?(requested )?(model|deployment)\\b.{0,100}"
                    + "\\b(not found|does not exist|deprecated|retired|shut down|no longer|decommissioned).*"),
            Rule.of(Outcome.ACCOUNT, "forbidden\\W*", "your organization must be verified.*",
                    "country, region, or territory not supported.*", "your (resource|account) has been .*blocked.*",
                    "your account (is|has been) (suspended|deactivated|disabled|blocked).*"),
            // Errors of nginx, Go, Tomcat, Apache and IIS for which all of them use status 400.
            Rule.of(Outcome.ADDRESS, "(400 )?(bad request )*(the plain http request was sent to https port"
                    + "|client sent an http request to an https server"
                    + "|this combination of host and port requires tls"
                    + "|(no required ssl certificate was sent|the ssl certificate error)"
                    + "|request header or cookie too large|(- )?invalid host(name| header)?\\b"
                    + "|your browser sent .{0,80}speaking plain http to an ssl-enabled server port).*"),
            Rule.of(Outcome.BUSY, "rate limit.*", "too many requests.*", "request was throttled.*",
                    "please slow down.*",
                    "(the |that )?(model|server|engine)( is)?( currently)? (overloaded|busy|loading).*"));

    /**
     * The constant parts of the sentences in which Google's Imagen and Vertex AI, OpenAI and Azure report a refusal that
     * has no code. They do not occur in prompts by chance.
     */
    private static final Pattern REFUSALS = Pattern.compile("safety_violations\\s*=\\s*\\["
            + "|violate[sd]? (google's|our) responsible ai practices|responsible ai practices\\. try rephrasing"
            + "|safety filter threshold prohibited|rejected (as a result of|by) (our|the) safety system"
            + "|as a result of our safety system|prompt contains sensitive words"
            + "|flagged (as|for) (potentially )?(violating|sensitive)"
            + "|(could not be submitted|filtered out because).{0,80}(responsible ai|safety|sensitive|polic)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private ErrorCodes() {
    }

    /** @param word normalized by {@link #word} */
    static Optional<Outcome> clear(String word) {
        return Moderation.isCode(word) ? Optional.of(Outcome.REFUSED) : first(CODES, word);
    }

    static Optional<Outcome> vague(String word) {
        return first(VAGUE_CODES, word);
    }

    static Optional<Outcome> sentence(String sentence) {
        String begin = sentence.substring(0, Math.min(sentence.length(), LONGEST_BEGINNING));
        String text = MARKUP.matcher(begin).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
        return first(BEGINNINGS, text.substring(0, Math.min(text.length(), 200)));
    }

    static boolean isRefusal(String sentence) {
        return REFUSALS.matcher(sentence).find();
    }

    private static Optional<Outcome> first(List<Rule> rules, String text) {
        return rules.stream().filter(rule -> rule.pattern().matcher(text).matches()).map(Rule::outcome).findFirst();
    }

    /** Normalizes a code: letters and digits in lower case, up to the first dot. */
    static String word(String text) {
        int dot = text.indexOf('.');
        int end = Math.min(dot < 0 ? text.length() : dot, LONGEST_WORD);
        String word = text.substring(0, end).toLowerCase(Locale.ROOT);
        return PUNCTUATION.matcher(word).replaceAll("");
    }
}
