package com.kt.event.content.channel;

/** No channel has this name and format. The message names the channels that there are. */
public class NoSuchChannelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchChannelException(String message) {
        super(message);
    }
}
