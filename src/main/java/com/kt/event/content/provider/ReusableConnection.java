package com.kt.event.content.provider;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The codec of a connection, which knows whether the connection may be used again. Vert.x 4.5.25 decides that without a look
 * at the bytes behind a response, takes the server's {@code Keep-Alive} for the client's own limit (0 means forever), and
 * does not check a connection that it takes from the pool.
 *
 * <p>It also drops responses of status 1xx, any number of which may precede the final one (RFC 9110, section 15.2): Vert.x
 * knows 100 and 103, and takes any other for the final response. A switch of protocols (101), which is never requested, is
 * passed on: nothing after it could be read.
 */
final class ReusableConnection extends CombinedChannelDuplexHandler<HttpResponseDecoder, HttpRequestEncoder> {
    private static final AttributeKey<ReusableConnection> KEY = AttributeKey.valueOf("content-service.connection");
    /** The name of the codec in the pipeline of a Vert.x connection (4.5.25, HttpChannelConnector). */
    private static final String CODEC = "codec";
    private static final Pattern KEEP_ALIVE_TIMEOUT = Pattern.compile("(?i)\\btimeout\\s*=\\s*\"?([0-9]{1,9})\\b");
    /** A server that closes the connection after the time that it names may do so while a request is on its way. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final Channel channel;
    private final Duration idleLimit;
    private ChannelHandlerContext context;
    /** Changed by the connection's thread only, which alone uses the fields below. */
    private volatile int responses;
    private boolean awaitsResponse;
    private boolean isRequestWritten;
    private boolean isReusable = true;
    /** How long the connection may be idle after the current response. */
    private Duration limit;
    /** When the last response was complete; a value of System.nanoTime. */
    private long idleSince;

    private ReusableConnection(Channel channel, int maxHeaderBytes, Duration idleLimit) {
        this.channel = channel;
        this.idleLimit = idleLimit;
        this.limit = idleLimit;
        this.idleSince = System.nanoTime();
        init(new Decoder(new HttpDecoderConfig().setMaxHeaderSize(maxHeaderBytes)), new HttpRequestEncoder());
    }

    /** Prepares a new connection. */
    static void prepare(HttpConnection connection, int maxHeaderBytes, Duration idleLimit) {
        Channel channel = ((ConnectionBase) connection).channel();
        ReusableConnection codec = new ReusableConnection(channel, maxHeaderBytes, idleLimit);
        channel.attr(KEY).set(codec);
        channel.pipeline().replace(CODEC, CODEC, codec);
        // The call is told by its request; no call is concerned if the connection is idle. Vert.x would log an error.
        connection.exceptionHandler(failure -> {
        });
    }

    static ReusableConnection of(HttpConnection connection) {
        return ((ConnectionBase) connection).channel().attr(KEY).get();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) throws Exception {
        context = added;
        super.handlerAdded(added);
    }

    /** How many responses it has received completely. Until there is one more, it belongs to the call that has it. */
    int responses() {
        return responses;
    }

    /** Runs the task in the connection's thread, outside of the reading of a response. */
    void execute(Runnable task) {
        channel.eventLoop().execute(task);
    }

    /**
     * Whether a request may be sent: no if the peer has closed the connection, as far as this machine knows, or may do so at
     * any moment. To be called in the connection's thread, outside of the reading of a response.
     */
    boolean isUsable() {
        if (!isReusable || System.nanoTime() - idleSince >= limit.toNanos()) {
            return false;
        }
        // The thread may have been too busy to notice a close.
        if (channel.isActive() && channel.unsafe() instanceof AbstractNioChannel.NioUnsafe socket) {
            socket.read();
        }
        return channel.isActive() && isReusable;
    }

    /** Closes the connection unless there has been a further response: it may belong to another call then. */
    void closeUnlessAnswered(int responsesBefore) {
        if (channel.eventLoop().inEventLoop()) {
            if (responses == responsesBefore) {
                close();
            }
        } else {
            execute(() -> closeUnlessAnswered(responsesBefore));
        }
    }

    /** Closes the connection without waiting for what is not written yet, unlike Vert.x's close. */
    void close() {
        isReusable = false;
        context.close();
    }

    @Override
    public void write(ChannelHandlerContext target, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpRequest) {
            awaitsResponse = true;
            isRequestWritten = false;
            promise.unvoid().addListener(written -> isRequestWritten = written.isSuccess());
        }
        super.write(target, message, promise);
    }

    private void begin(HttpResponse response) {
        limit = limitOf(response);
        isReusable &= HttpUtil.isKeepAlive(response) && limit.compareTo(Duration.ZERO) > 0
                && response.status().code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code();
        // Vert.x would take it for the limit.
        response.headers().remove("keep-alive");
    }

    private Duration limitOf(HttpResponse response) {
        Matcher timeout = KEEP_ALIVE_TIMEOUT.matcher(response.headers().get("keep-alive", ""));
        if (!timeout.find()) {
            return idleLimit;
        }
        Duration server = Duration.ofSeconds(Long.parseLong(timeout.group(1))).minus(MARGIN);
        return server.compareTo(idleLimit) < 0 ? server : idleLimit;
    }

    private void end(LastHttpContent last) {
        isReusable &= last.decoderResult().isSuccess() && isRequestWritten;
        awaitsResponse = false;
        idleSince = System.nanoTime();
        responses++;
        if (!isReusable) {
            execute(this::close);
        }
    }

    private final class Decoder extends HttpResponseDecoder {
        Decoder(HttpDecoderConfig config) {
            super(config);
        }

        @Override
        protected void decode(ChannelHandlerContext target, ByteBuf bytes, List<Object> out) throws Exception {
            if (!awaitsResponse && bytes.isReadable()) {
                // More than the last response, or a 408 before the server closes an idle connection.
                bytes.skipBytes(bytes.readableBytes());
                close();
                return;
            }
            super.decode(target, bytes, out);
            if (!out.isEmpty() && isInterim(out.get(0))) {
                out.clear();
            }
            for (Object part : out) {
                if (part instanceof HttpResponse response) {
                    begin(response);
                }
                if (part instanceof LastHttpContent last) {
                    end(last);
                }
            }
        }

        private static boolean isInterim(Object part) {
            return part instanceof HttpResponse response && response.decoderResult().isSuccess()
                    && response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                    && response.status().code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code();
        }

        /** The two lengths may be understood differently along the way (RFC 9112, section 6.3). */
        @Override
        protected void handleTransferEncodingChunkedWithContentLength(HttpMessage response) {
            super.handleTransferEncodingChunkedWithContentLength(response);
            isReusable = false;
        }
    }
}
