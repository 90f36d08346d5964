/** The limits of calls to each provider, which all instances count together in Redis. */
package com.kt.event.content.ratelimit;
