package com.kt.event.content.breaker;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why the provider refuses every request until an operator fixes something. No job fails because of it: the breaker opens,
 * and the log says what to do.
 */
public enum OperatorFault {
    KEY("the key is not accepted, check %skey"),
    MONEY("the account has no credit or quota left, top it up or raise its limit"),
    ACCOUNT("the account may not use the API (blocked, unverified, without permission, or in an unsupported country), "
            + "contact the provider"),
    MODEL("the model does not exist, was retired or is not available to this account, check %smodel"),
    ADDRESS("the address is not that of an image API, or access to it is blocked, check %surl");

    private final String remedy;

    OperatorFault(String remedy) {
        this.remedy = remedy;
    }

    /** Empty for a name that another version of this service may have written. */
    static Optional<OperatorFault> named(String name) {
        return Arrays.stream(values()).filter(fault -> fault.name().equals(name)).findFirst();
    }

    /**
     * The fault and its remedy.
     *
     * @param settings what the names of the provider's settings begin with
     */
    String remedy(String settings) {
        return remedy.formatted(settings);
    }
}
