package com.kt.event.content.breaker;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why the provider turns every request away until an operator does something. It is nobody's fault whose job it is, so
 * no job fails of it: the provider gets a pause, and the operator is told what to do.
 */
public enum OperatorFault {
    KEY("it does not accept the key: check content.image-api.key"),
    MONEY("the account has no money or quota left: pay, or raise its limit"),
    ACCOUNT("the account may not use it (blocked, not verified, no permission, or not from this country): "
            + "ask the provider"),
    MODEL("it does not have the model (any more), or not for this account: check content.image-api.model"),
    ADDRESS("what answers there is no image API, or lets nobody through to it: check content.image-api.url");

    private final String remedy;

    OperatorFault(String remedy) {
        this.remedy = remedy;
    }

    /** Empty for a name that another version of this service may have written. */
    static Optional<OperatorFault> named(String name) {
        return Arrays.stream(values()).filter(fault -> fault.name().equals(name)).findFirst();
    }

    /** What is wrong and what to do about it, to follow "the image API". */
    public String remedy() {
        return remedy;
    }
}
