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
 * Drops responses of status 1xx, any number of which may precede the final one (RFC 9110, section 15.2): Vert.x 4.5.25
 * knows 100 and 103, and takes any other for the final response (Http1xClientConnection). A switch of protocols (101), which
 * is never requested, is passed on: nothing after it could be read.
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
