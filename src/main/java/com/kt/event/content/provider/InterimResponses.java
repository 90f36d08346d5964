package com.kt.event.content.provider;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Drops answers of status 1xx, any number of which may come before the real one (RFC 9110, section 15.2): Vert.x 4.5.25
 * knows 100 and 103, and takes another for the answer itself (Http1xClientConnection). A change of protocols (101), which nobody asked
 * for, is the last that can be read.
 */
class InterimResponses extends ChannelInboundHandlerAdapter {
    private boolean interim;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse response) {
            interim = response.decoderResult().isSuccess()
                    && response.status().code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code()
                    && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        }
        if (!interim) {
            context.fireChannelRead(message);
            return;
        }
        boolean isLast = message instanceof LastHttpContent;
        if (message instanceof HttpResponse || message instanceof HttpContent) {
            ReferenceCountUtil.release(message);
        }
        interim = !isLast;
    }
}
