/**
 * The background worker: claims jobs, drives each to its end, keeps its leases alive, takes over what others dropped.
 */
package com.kt.event.content.worker;
