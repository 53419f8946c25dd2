/*
 * Lets WebKitWebDriver drive an unmodified Wails window. For tests on Linux
 * only: it is loaded in front of the program and nothing of it is shipped.
 *
 * A web view can be driven when its context allows automation, when the view was
 * built "controlled by automation", and when WebKit has found the driver's address
 * in WEBKIT_INSPECTOR_SERVER on its first use. Wails builds its view plainly, and
 * our program takes that variable away before anything else, as it should: whoever
 * could set it would otherwise own the window. So three functions that Wails calls
 * are replaced here.
 *
 * Built without WebKit: its functions are the program's own.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <webkit2/webkit2.h>

static const char address[] = "WEBKIT_INSPECTOR_SERVER";
static char *driver;
static WebKitWebView *view;

/* Runs before the program's main. What the program starts must not be loaded
 * with this too: the agent hands its environment on to the browser. What stands
 * in front of the program, and has no WebKit, hands this on as it got it. */
__attribute__((constructor)) static void remember_driver(void) {
  if (!dlsym(RTLD_DEFAULT, "webkit_web_context_get_default"))
    return;
  const char *value = getenv(address);
  driver = value ? strdup(value) : NULL;
  unsetenv("LD_PRELOAD");
}

static WebKitWebView *give_view(WebKitAutomationSession *session, gpointer data) {
  return view;
}

static void name_program(WebKitWebContext *context, WebKitAutomationSession *session, gpointer data) {
  WebKitApplicationInfo *info = webkit_application_info_new();
  webkit_application_info_set_name(info, "wails");
  webkit_application_info_set_version(info, 2, 0, 0);
  webkit_automation_session_set_application_info(session, info);
  webkit_application_info_unref(info);
  g_signal_connect(session, "create-web-view", G_CALLBACK(give_view), NULL);
}

/* The first thing of WebKit's that Wails makes, and so its first use. */
WebKitUserContentManager *webkit_user_content_manager_new(void) {
  WebKitUserContentManager *(*real)(void) = dlsym(RTLD_NEXT, "webkit_user_content_manager_new");
  if (driver)
    setenv(address, driver, 1);
  webkit_web_context_set_automation_allowed(webkit_web_context_get_default(), TRUE);
  unsetenv(address);
  return real();
}

GtkWidget *webkit_web_view_new_with_user_content_manager(WebKitUserContentManager *manager) {
  g_signal_connect(webkit_web_context_get_default(), "automation-started", G_CALLBACK(name_program), NULL);
  view = g_object_new(WEBKIT_TYPE_WEB_VIEW, "user-content-manager", manager, "is-controlled-by-automation", TRUE, NULL);
  return GTK_WIDGET(view);
}
