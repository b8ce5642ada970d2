package io.heliograph.agent.action;

import io.heliograph.SignalEvent;
import io.heliograph.agent.option.Action;
import io.heliograph.internal.text.Failure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code run:Class.method[:TIME]}: calls a public static method of the app, with the {@link SignalEvent} if it takes one, else
 * without an argument. It looks for the class when the signal arrives ({@link AppClasses}): an earlier load could change
 * the app. The method runs with the context class loader that found the class.
 *
 * @param mostTime how long an end of the process behind it waits for the method; empty for the usual time
 */
record RunAction(String className, String methodName, Optional<Duration> mostTime) implements Action {
    private static final Pattern NAME =
            Pattern.compile("(?:\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*\\.)+"
                    + "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*");

    static RunAction parse(String argument) {
        String text = argument.isEmpty() ? "" : argument.substring(1);
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    "run names no method: write run:Class.method, run:com.acme.App.reload for one");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    name + " names no method: write run:Class.method, run:com.acme.App.reload for one");
        }
        Optional<Duration> time = colon < 0
                ? Optional.empty()
                : Optional.of(TimeArgument.parse(text.substring(colon + 1), "time", "run:" + name + ":10s"));
        int dot = name.lastIndexOf('.');
        return new RunAction(name.substring(0, dot), name.substring(dot + 1), time);
    }

    @Override
    public String optionText() {
        return "run:" + className + "." + methodName
                + (mostTime.isPresent() ? ":" + TimeArgument.option(mostTime.get()) : "");
    }

    @Override
    public void requirePlace(List<Action> later) {
        for (Action action : later) {
            if (action.requestsEnd()) {
                return;
            }
        }
        if (mostTime.isPresent()) {
            throw new IllegalArgumentException("the time of " + optionText() + " is for an end behind it: write "
                    + optionText() + "+shutdown:30s for one, or leave the time out");
        }
    }

    @Override
    public Effect effect() {
        return Effect.TAKES;
    }

    @Override
    public boolean reloads() {
        return true;
    }

    /** The app's method may take the event. */
    @Override
    public boolean wantsSender() {
        return true;
    }

    @Override
    public void act(SignalEvent event) throws Exception {
        long begun = System.nanoTime();
        AppClasses.Found found = AppClasses.find(className);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(found.loader());
        try {
            call(found.type(), event);
        } finally {
            thread.setContextClassLoader(before);
        }
        ActionLine.print(this, event, ActionLine.done(begun));
    }

    private void call(Class<?> owner, SignalEvent event) throws Failure {
        Optional<Method> withEvent = method(owner, SignalEvent.class);
        Method method = withEvent
                .or(() -> method(owner))
                .orElseThrow(() -> new Failure(owner.getName()
                        + " has no public static method " + methodName + "() or " + methodName
                        + "(io.heliograph.SignalEvent)"));
        try {
            if (withEvent.isPresent()) {
                method.invoke(null, event);
            } else {
                method.invoke(null);
            }
        } catch (IllegalAccessException hidden) {
            throw new Failure(owner.getName() + " is not public: a public method of a public class can be called");
        } catch (InvocationTargetException thrown) {
            throw new Failure("it threw " + thrown.getCause());
        }
    }

    private Optional<Method> method(Class<?> owner, Class<?>... parameters) {
        return Arrays.stream(owner.getMethods())
                .filter(method -> method.getName().equals(methodName))
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .filter(method -> Arrays.equals(method.getParameterTypes(), parameters))
                .findFirst();
    }
}
