package com.kt.event.content.generator;

/** No call goes out: the id of the last one has become known meanwhile, and its outcome is asked for by that. */
public class OutcomeAwaitedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OutcomeAwaitedException() {
        super("the outcome of the last call can be asked for", null, false, false);
    }
}
