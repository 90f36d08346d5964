/** What the service knows about Redis itself: which of its failures pass, and which never change. */
package com.kt.event.content.redis;
