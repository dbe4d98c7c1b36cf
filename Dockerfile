# One image for every role. Alone it is the whole program: docker run -p 127.0.0.1:8080:8080 -v pipeline:/data pipeline
ARG NODE=node:22.23.2
ARG SDK=mcr.microsoft.com/dotnet/sdk:10.0.401
ARG ASPNET=mcr.microsoft.com/dotnet/aspnet:10.0.12

FROM $NODE AS page
WORKDIR /src/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY web .
RUN npm run build

FROM $SDK AS program
# MSBuild properties for a package feed that lacks packages: what ./pipeline writes into feed.props.
ARG FEED=
WORKDIR /src
COPY . .
COPY --from=page /src/src/Host/wwwroot src/Host/wwwroot
RUN dotnet publish src/Host -c Release -v quiet -p:Web=built-above/ $FEED -o /app

FROM $ASPNET
WORKDIR /app
COPY --from=program /app .
# What it listens on is said by --urls alone.
ENV ASPNETCORE_HTTP_PORTS=
RUN install -d -o $APP_UID /data
USER $APP_UID
EXPOSE 8080
ENTRYPOINT ["./pipeline"]
CMD ["run", "--urls", "http://0.0.0.0:8080", "--data", "/data"]
