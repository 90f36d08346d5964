/** Access to Redis: its clients, time limits, and the distinction of transient and final failures. */
package com.kt.event.content.redis;
